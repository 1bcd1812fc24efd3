// “Not known yet” beside a field: it goes as soon as the field says something.
//
// Reads: [data-knowable] around one field and its input[name=not_known].
import { onNew } from "./on_new.js";

function saysSomething(place) {
  const controls = [...place.querySelectorAll("input:not([name=not_known]), select, textarea")];
  return controls.some((control) => (["checkbox", "radio"].includes(control.type) ? control.checked : control.value.trim() !== ""));
}

onNew("[data-knowable]", (place) => {
  const box = place.querySelector("input[name=not_known]");
  const look = () => {
    if (box.checked && saysSomething(place)) box.checked = false;
  };
  place.addEventListener("input", look);
  place.addEventListener("change", look);
});
