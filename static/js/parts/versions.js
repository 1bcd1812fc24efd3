// The fields of a version stand in the page while its channel is ticked. What was typed for a channel
// that is not ticked any more stays there, hidden. Those of a channel that was ticked come from the
// server (hx-post in templates/content_calendar/post_form.html).
// Reads: [data-version] = the value of its box, input[name=channels].
import { onNew } from "./on_new.js";

function show(version) {
  const form = version.closest("form");
  const box = form?.querySelector(`input[name=channels][value="${CSS.escape(version.dataset.version)}"]`);
  version.hidden = Boolean(box) && !box.checked;
}

onNew("[data-version]", show);

// Text that was kept in this browser ticks channels whose fields the page does not have.
addEventListener("load", () => {
  for (const box of document.querySelectorAll("input[name=channels]:checked")) {
    if (box.form.querySelector(`[data-version="${CSS.escape(box.value)}"]`)) continue;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    return; // one request brings all of them
  }
});
document.addEventListener("change", ({ target }) => {
  if (target.name !== "channels") return;
  for (const version of target.form.querySelectorAll("[data-version]")) show(version);
});
