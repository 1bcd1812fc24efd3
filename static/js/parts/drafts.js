// Gives back what was typed and never reached the server (see store.js).
//
// Reads of a form: action or data-save-url, data-keep-key, and what its page began with:
// input[name=began], or its revision: input[name=revision] or data-keep-revision.
// A field that only this person changed is filled again, with a note that can throw the text away.
// Of a field that somebody else changed meanwhile both texts are shown and the person chooses; until
// then the text stays on offer, whatever is typed and saved meanwhile.
import { asLists, controls, differing, fill, inWords, labelOf, same, served, typed } from "./fields.js";
import { drop, keep, kept, keyOf } from "./store.js";
import { say } from "./words.js";

export function revisionOf(form) {
  return form.elements.revision?.value ?? form.dataset.keepRevision ?? "";
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** The kept texts in two parts: those that may be filled in, and those to choose from. */
function split(form, entry) {
  const began = entry.began === undefined ? null : asLists(entry.began);
  const isSame = String(entry.revision) === String(revisionOf(form));
  const onPage = served(form);
  const free = {};
  const open = {};
  for (const [name, mine] of Object.entries(entry.fields)) {
    const one = (values) => ({ [name]: values?.[name] });
    if (began ? same({ [name]: mine }, one(began)) : same({ [name]: mine }, one(onPage))) continue;
    const isFree = began && name in began ? same(one(onPage), one(began)) : isSame;
    if (isFree || same({ [name]: mine }, one(onPage)) || (entry.brought && same(one(onPage), one(entry.brought)))) free[name] = mine;
    else open[name] = mine;
  }
  return { free, open };
}

function both(form, mine) {
  const theirs = served(form);
  const list = document.createElement("dl");
  list.className = "both";
  for (const name of differing(mine, theirs)) {
    const title = document.createElement("dt");
    title.textContent = labelOf(form, name);
    list.append(title);
    for (const [word, values] of [["draft-yours", mine[name]], ["draft-theirs", theirs[name]]]) {
      const text = document.createElement("dd");
      const which = document.createElement("b");
      which.textContent = say(word);
      const content = document.createElement("span");
      content.dir = "auto";
      content.textContent = inWords(form, name, values);
      text.append(which, content);
      list.append(text);
    }
  }
  return list;
}

/** Open the folds that the fields ``names`` lie in, so that nothing is put where nobody looks. */
function unfold(form, names) {
  for (const control of controls(form)) {
    if (!names.includes(control.name)) continue;
    for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
}

/** Offer what is kept for ``form``; ``changed`` is called after the fields were filled. */
export function restore(form, changed = () => {}) {
  const key = keyOf(form);
  const older = `${key}|older`;
  const entry = kept(key) ?? kept(older);
  if (!entry) return;
  const onPage = typed(form);
  if (same({ ...onPage, ...entry.fields }, onPage)) {
    drop(older);
    changed();
    return;
  }
  const { free, open } = split(form, entry);
  const isAsked = Object.keys(open).length > 0;
  const note = document.createElement("div");
  note.className = "note kept-note";
  note.setAttribute("role", "status");
  const sentence = document.createElement("p");
  sentence.textContent = say(isAsked ? "draft-older" : "draft");
  const acts = document.createElement("div");
  acts.className = "kept-acts";
  const use = (texts) => {
    fill(form, texts);
    unfold(form, differing(texts, onPage));
    changed();
  };
  const throwAway = button(say("draft-throw"), () => {
    fill(form, { ...typed(form), ...Object.fromEntries(Object.keys(free).map((name) => [name, onPage[name] ?? served(form)[name]])) });
    drop(key);
    drop(older);
    note.remove();
    changed();
  });
  if (isAsked) {
    note.dataset.offered = "";
    keep(older, { ...entry, fields: open });
    acts.append(button(say("draft-use"), () => { use(open); drop(older); note.remove(); }), throwAway);
    note.append(sentence, both(form, open), acts);
  } else {
    acts.append(throwAway);
    note.append(sentence, acts);
  }
  form.prepend(note);
  if (Object.keys(free).length) use(free);
}
