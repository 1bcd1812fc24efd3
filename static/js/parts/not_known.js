// “Not known yet”: a box in the row's menu that comes to its field when it is ticked, and goes back when
// it is taken away, or as soon as the field says something.
//
// Reads, in a form: [data-unknown-menu] with a fieldset, [data-unknown="field"] around each box, and
// [data-knowable="field"] around the field, with data-answered-by="field" where another one answers it as well.
import { onNew } from "./on_new.js";

function saysSomething(place) {
  const controls = [...place.querySelectorAll("input:not([name=not_known]), select, textarea")];
  return controls.some((control) => (["checkbox", "radio"].includes(control.type) ? control.checked : control.value.trim() !== ""));
}

onNew("[data-unknown-menu]", (menu) => {
  const form = menu.closest("form");
  const list = menu.querySelector("fieldset");
  const place = (name) => form.querySelector(`[data-knowable="${CSS.escape(name)}"]`);
  const answering = (field) => (field?.dataset.answeredBy ? form.elements[field.dataset.answeredBy] : undefined);
  const isSaid = (field) => saysSomething(field) || Boolean(answering(field)?.value.trim());
  const fieldOf = (control) =>
    control.closest("[data-knowable]") ?? [...form.querySelectorAll("[data-answered-by]")].find((field) => answering(field) === control);
  const arrange = () => {
    for (const label of form.querySelectorAll("[data-unknown]")) {
      const box = label.querySelector("input");
      const field = place(label.dataset.unknown);
      if (box.checked && label.parentElement !== field) field.append(label);
      else if (!box.checked && label.parentElement === field) list.append(label);
      label.hidden = !box.checked && Boolean(field) && isSaid(field);
    }
    menu.hidden = !list.querySelector("[data-unknown]:not([hidden])");
    if (menu.hidden) menu.open = false;
  };
  form.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    const box = field?.querySelector("input[name=not_known]");
    if (box?.checked && event.target !== box && isSaid(field)) box.checked = false;
    if (field && event.target !== box && document.activeElement !== event.target) arrange();
  });
  form.addEventListener("change", (event) => {
    const isBox = event.target.name === "not_known";
    const next = isBox && event.target.checked ? menu.querySelector(`[data-unknown]:not([hidden]) input:not([value="${CSS.escape(event.target.value)}"])`) : null;
    arrange();
    // The box moved away from where the person was: they go on in the menu, or at what they took back.
    if (next) next.focus();
    else if (isBox) (menu.open ? event.target : (place(event.target.value)?.querySelector("input, select, textarea") ?? event.target)).focus();
  });
  form.addEventListener("planner:saved", arrange);
  arrange();
});
