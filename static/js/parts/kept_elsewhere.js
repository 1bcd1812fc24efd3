// Offers text that is kept in this browser for a form that is not on this page: of a row that is
// closed, or was removed by somebody else.
// Reads: [data-kept-below] (the path that such forms stand below); the offer is put there.
import { onNew } from "./on_new.js";
import { drop, keptBelow, keyOf } from "./store.js";
import { say } from "./words.js";

onNew("[data-kept-below]", (place) => {
  const here = new Set([...document.querySelectorAll("form[data-autosave], form[data-keep]")].map(keyOf));
  const [found] = keptBelow(place.dataset.keptBelow).filter(({ key }) => !here.has(key));
  if (!found) return;
  const note = document.createElement("div");
  note.className = "note kept-note";
  const sentence = document.createElement("p");
  sentence.textContent = say("kept-elsewhere");
  const link = document.createElement("a");
  link.className = "btn";
  link.href = `${found.path}?token=${encodeURIComponent(found.formKey)}`;
  link.textContent = say("kept-show");
  const throwAway = document.createElement("button");
  throwAway.type = "button";
  throwAway.className = "btn";
  throwAway.textContent = say("draft-throw");
  throwAway.addEventListener("click", () => {
    drop(found.key);
    note.remove();
  });
  const acts = document.createElement("div");
  acts.className = "kept-acts";
  acts.append(link, throwAway);
  note.append(sentence, acts);
  place.append(note);
});
