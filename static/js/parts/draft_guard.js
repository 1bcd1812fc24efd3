// Keeps what is typed into a long form that does not save by itself, until the server has it.
// Reads: form[data-keep], with data-keep-key and data-keep-revision as in drafts.js.
import { restore, revisionOf } from "./drafts.js";
import { same, served, typed } from "./fields.js";
import { onNew } from "./on_new.js";
import { drop, keep, keyOf } from "./store.js";

const unsafe = new Set();

onNew("form[data-keep]", (form) => {
  let isLeaving = false;
  const remember = (sent = false) => {
    const fields = typed(form);
    if (!sent && same(fields, served(form)) && !form.querySelector(".is-invalid")) {
      drop(keyOf(form));
      unsafe.delete(form);
    } else if (keep(keyOf(form), { revision: revisionOf(form), began: form.elements.began?.value, fields, sent })) {
      unsafe.delete(form);
    } else {
      unsafe.add(form);
    }
  };
  // Where both texts are shown, what was typed stays kept with the page that it was typed on.
  restore(form, () => form.querySelector("[data-conflict]") || remember());
  form.addEventListener("input", () => {
    isLeaving = false;
    remember();
  });
  // Firefox tells of a change once more when a form that was sent leaves.
  form.addEventListener("change", () => isLeaving || remember());
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    remember(true);
    isLeaving = true;
    unsafe.clear();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === form && event.detail.successful) drop(keyOf(form)); // a part of it may ask, too
  });
});

addEventListener("beforeunload", (event) => {
  if (unsafe.size) event.preventDefault();
});
