// Where the eye and the keyboard should be after a page or a piece came.
// Reads: [data-error-summary] (gets the focus; its links go to the field itself), details that hold
// the target of the address (opened).
import { onNew } from "./on_new.js";

onNew("[data-error-summary]", (summary) => {
  summary.focus({ preventScroll: false });
});

function goTo(id) {
  const target = id && document.getElementById(id);
  if (!target) return null;
  for (let box = target.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  return target;
}

/** The browser itself scrolls and marks the target; the field in it gets the focus besides. */
function follow(hash) {
  const target = goTo(decodeURIComponent(hash.slice(1)));
  if (!target) return;
  const field = target.matches("input, select, textarea, button, a, [tabindex]") ? target : target.querySelector("input:not([type=hidden]), select, textarea");
  field?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || link.matches(".skip")) return;
  const target = goTo(decodeURIComponent(link.hash.slice(1)));
  if (target) setTimeout(() => follow(link.hash));
});

// The browser looks for the address's target when the page has come, and takes the focus from
// everything as it does; so this waits for it.
addEventListener("load", () => {
  const target = location.hash && goTo(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  setTimeout(() => {
    target.scrollIntoView();
    follow(location.hash);
  });
});
