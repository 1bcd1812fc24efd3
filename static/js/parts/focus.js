// Where the eye and the keyboard should be after a page or a piece came.
// Reads: [data-error-summary] (gets the focus; its links go to the field itself), details that hold
// the target of the address (opened), the button of a [data-message] that takes something back, a
// [data-conflict] that came with the page.
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

const FIELD = ":is(input:not([type=hidden]), select, textarea):not(details:not([open]) *)";

/** Where work goes on in a piece: its first field, else the link that opens a row or adds one. */
function placeIn(target) {
  if (target.matches("input, select, textarea, button, a, [tabindex]")) return target;
  return target.querySelector(FIELD) ?? target.querySelector(target.matches("[data-row]") ? ".row-acts a" : ".add-row > a");
}

/** The browser itself scrolls and marks the target; what is worked on in it gets the focus besides. */
function follow(hash) {
  const target = goTo(decodeURIComponent(hash.slice(1)));
  if (target) placeIn(target)?.focus({ preventScroll: true });
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
  const undo = document.querySelector("[data-message] form button");
  const question = document.querySelector("[data-error-summary]") ? null : document.querySelector("[data-conflict] :is(input:not([type=hidden]), button)");
  if (!target && !undo && !question) return;
  setTimeout(() => {
    if (target) {
      target.scrollIntoView();
      follow(location.hash);
    }
    undo?.focus({ preventScroll: true });
    question?.focus();
  });
});
