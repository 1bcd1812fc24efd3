// Puts the server's sentences at the fields, as the templates do (templates/bootstrap5/field.html),
// and takes them away again.
import { icon } from "./words.js";

function first(form, name) {
  const control = form.elements[name];
  return control instanceof RadioNodeList ? control[0] : control;
}

export function clearErrors(form) {
  for (const sentence of form.querySelectorAll(".field-error, .form-error")) {
    for (const control of form.querySelectorAll(`[aria-describedby~="${CSS.escape(sentence.id)}"]`)) {
      const others = control.getAttribute("aria-describedby").split(/\s+/).filter((id) => id !== sentence.id);
      if (others.length) control.setAttribute("aria-describedby", others.join(" "));
      else control.removeAttribute("aria-describedby");
    }
    sentence.remove();
  }
  for (const control of form.querySelectorAll(".is-invalid")) {
    control.classList.remove("is-invalid");
    control.removeAttribute("aria-invalid");
  }
}

function sentenceElement(className, id, sentences) {
  const element = document.createElement("p");
  element.className = className;
  element.id = id;
  element.append(icon("block"));
  for (const sentence of sentences) {
    const span = document.createElement("span");
    span.textContent = sentence;
    element.append(span);
  }
  return element;
}

/** Show ``errors`` ({name: [sentences]}) of the fields that ``wanted`` names (all when left out). */
export function showErrors(form, errors, wanted = null) {
  clearErrors(form);
  let shown = 0;
  for (const [name, sentences] of Object.entries(errors)) {
    const control = first(form, name);
    if (name === "__all__" || !control || control.type === "hidden") {
      form.prepend(sentenceElement("form-error", "", sentences));
      shown += 1;
      continue;
    }
    if (wanted && !wanted.has(name)) continue;
    const group = control.closest("fieldset.field");
    const id = `${group?.id || control.id}_error`;
    const before = group?.querySelector(".picks") ?? control.closest(".input-group") ?? control;
    before.before(sentenceElement("field-error", id, sentences));
    const told = group ?? control;
    told.setAttribute("aria-describedby", [told.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
    control.classList.add("is-invalid");
    control.setAttribute("aria-invalid", "true");
    shown += 1;
  }
  return shown;
}
