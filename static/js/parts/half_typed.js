// Half a date or a time without its minutes would be sent as nothing: say so instead of sending it.
// Reads: every form; forms that save by themselves say it as well (autosave.js).
import { showErrors } from "./errors.js";
import { halfTyped } from "./fields.js";
import { say } from "./words.js";

document.addEventListener(
  "submit",
  (event) => {
    const half = halfTyped(event.target);
    if (!half.length || event.target.matches("[data-autosave]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    showErrors(event.target, Object.fromEntries(half.map(({ name }) => [name, [say("half-typed")]])));
    half[0].focus();
  },
  true,
);
