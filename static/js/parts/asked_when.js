// Fields that are asked only with some answers: “up or down” of a sign is not asked. What says
// something stays in sight, so that nothing hidden speaks.
//
// Reads: [data-asked-when="metric=own;is_sign="] around one field: all of it must be so, and an
// empty value is a box that is not ticked; data-begins-with, what an empty row holds. Without script
// the server decides when the page is made.
import { onNew } from "./on_new.js";

const textOf = (control) => (control?.type === "checkbox" ? (control.checked ? "on" : "") : (control?.value ?? ""));

function saysSomething(place) {
  return [...place.querySelectorAll("input, select, textarea")].some((control) => {
    if (control.validity.badInput) return true;
    const text = textOf(control).trim();
    return text !== "" && text !== place.dataset.beginsWith;
  });
}

const isAsked = (place, form) =>
  place.dataset.askedWhen.split(";").every((condition) => {
    const [name, values] = condition.split("=");
    return values.split(",").includes(textOf(form.elements[name]));
  });

onNew("[data-asked-when]", (place) => {
  const form = place.closest("form");
  const look = () => {
    const isHere = isAsked(place, form) || saysSomething(place) || place.contains(document.activeElement);
    place.hidden = !isHere && !place.querySelector(".is-invalid");
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
});
