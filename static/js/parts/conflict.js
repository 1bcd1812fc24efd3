// In a panel about fields that two people changed (templates/components/conflicts.html): choosing a
// text puts it into its field.
// Reads: [data-conflict-field] (the field's name) with input[type=radio][data-texts] (JSON list).
import { fill, typed } from "./fields.js";

document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-conflict-field] input[type=radio][data-texts]");
  if (!choice) return;
  const { conflictField: name } = choice.closest("[data-conflict-field]").dataset;
  fill(choice.form, { ...typed(choice.form), [name]: JSON.parse(choice.dataset.texts) });
});
