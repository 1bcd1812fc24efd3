// Offers text that is kept in this browser for a form that is not on this page: of a row that is
// closed, or was removed by somebody else.
// What was sent while the page before was left may have arrived: the form is fetched and compared.
// Text from a screen of the first pass leads back there (its form's field "pass").
// Reads: [data-kept-below] (the path that such forms stand below); the offer is put there.
import { same, served } from "./fields.js";
import { onNew } from "./on_new.js";
import { drop, keptBelow, keyOf } from "./store.js";
import { say } from "./words.js";

/** Whether the server has the kept text already. */
async function isStored({ address, entry }) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll("form[data-autosave]")].some((form) => {
    const stored = served(form);
    return same({ ...stored, ...entry.fields }, stored);
  });
}

function offer(place, { key, address }) {
  const note = document.createElement("div");
  note.className = "note kept-note";
  const sentence = document.createElement("p");
  sentence.textContent = say("kept-elsewhere");
  const link = document.createElement("a");
  link.className = "btn";
  link.href = address;
  link.textContent = say("kept-show");
  const throwAway = document.createElement("button");
  throwAway.type = "button";
  throwAway.className = "btn";
  throwAway.textContent = say("draft-throw");
  throwAway.addEventListener("click", () => {
    drop(key);
    note.remove();
  });
  const acts = document.createElement("div");
  acts.className = "kept-acts";
  acts.append(link, throwAway);
  note.append(sentence, acts);
  place.append(note);
}

onNew("[data-kept-below]", async (place) => {
  const here = new Set([...document.querySelectorAll("form[data-autosave], form[data-keep]")].map(keyOf));
  for (const found of keptBelow(place.dataset.keptBelow)) {
    if (here.has(found.key)) continue;
    const query = new URLSearchParams({ token: found.formKey, ...(found.entry.pass && { pass: found.entry.pass }) });
    found.address = `${found.path}?${query}`;
    if (await isStored(found)) drop(found.key);
    else return offer(place, found);
  }
});
