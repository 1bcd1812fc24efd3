// Keeps what is typed into a long form that does not save by itself, until the server has it.
// A kept field that the page does not have yet (of a channel that was only just ticked) stays kept, and
// is filled when htmx adds it to the form.
// Reads: form[data-keep], with data-keep-key and data-keep-revision as in drafts.js.
import { restore, revisionOf } from "./drafts.js";
import { fill, same, served, typed } from "./fields.js";
import { onNew } from "./on_new.js";
import { drop, keep, kept, keyOf } from "./store.js";

const unsafe = new Set();

onNew("form[data-keep]", (form) => {
  let isLeaving = false;
  const onPage = typed(form);
  const missing = Object.fromEntries(Object.entries(kept(keyOf(form))?.fields ?? {}).filter(([name]) => !(name in onPage)));
  const remember = (sent = false) => {
    const fields = typed(form);
    if (!sent && !Object.keys(missing).length && same(fields, served(form)) && !form.querySelector(".is-invalid")) {
      drop(keyOf(form));
      unsafe.delete(form);
    } else if (keep(keyOf(form), { revision: revisionOf(form), began: form.elements.began?.value, fields: { ...missing, ...fields }, pass: form.elements.pass?.value, sent })) {
      unsafe.delete(form);
    } else {
      unsafe.add(form);
    }
  };
  // Where both texts are shown, what was typed stays kept with the page that it was typed on.
  restore(form, () => {
    if (!kept(keyOf(form))) for (const name of Object.keys(missing)) delete missing[name]; // thrown away
    if (!form.querySelector("[data-conflict]")) remember();
  });
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
  form.addEventListener("htmx:load", () => {
    const added = Object.keys(missing).filter((name) => name in typed(form));
    fill(form, Object.fromEntries(added.map((name) => [name, missing[name]])));
    for (const name of added) delete missing[name];
    if (added.length) remember();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === form && event.detail.successful) drop(keyOf(form)); // a part of it may ask, too
  });
});

addEventListener("beforeunload", (event) => {
  if (unsafe.size) event.preventDefault();
});
