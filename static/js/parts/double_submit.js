// A form that POSTs goes once: pressing again within five seconds does nothing.
// Reads: every form[method=post]; data-again lets a form go as often as it is pressed.

const gone = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
  if (form.matches("[hx-post], [data-hx-post]")) return; // htmx drops a repeated press itself
  const last = gone.get(form) ?? -Infinity;
  if (performance.now() - last < 5000) {
    event.preventDefault();
    return;
  }
  gone.set(form, performance.now());
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) gone.delete(form);
});
