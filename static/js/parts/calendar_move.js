// Moves a post to a day, or back to the ideas, by the form of the page: the server answers with the
// page as it is then, and with a message that has Undo.
// Reads: form[data-move-form data-url]; a card's data-post, data-revision, data-can-move.
import { announce } from "./announce.js";
import { sayThere } from "./calendar_words.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const SCROLLED = "calendar-scroll";

export function move(card, day) {
  const form = document.querySelector("[data-move-form]");
  if (!form || !("canMove" in card.dataset)) {
    announce(sayThere("cal-fixed"));
    return false;
  }
  form.action = form.dataset.url.replace(NOBODY, card.dataset.post);
  form.elements.planned_on.value = day;
  form.elements.revision.value = card.dataset.revision;
  sessionStorage.setItem(SCROLLED, String(scrollY));
  form.requestSubmit();
  return true;
}

export function keepPlace() {
  const before = sessionStorage.getItem(SCROLLED);
  if (before === null) return;
  sessionStorage.removeItem(SCROLLED);
  scrollTo(0, Number(before));
}
