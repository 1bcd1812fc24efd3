// Gives back what was typed and never reached the server (see store.js).
//
// Reads of a form: action or data-save-url, data-keep-key, and its revision: input[name=revision]
// or data-keep-revision. Same revision: the text is put into the fields, with a note that can throw
// it away. Another revision: both texts are shown and the person chooses; until then the text stays
// on offer, whatever is typed and saved meanwhile.
import { controls, differing, fill, inWords, labelOf, same, served, typed } from "./fields.js";
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
  // What the page before sent while leaving may have arrived after this one was made.
  const isOwn = entry.brought && same({ ...onPage, ...entry.brought }, onPage);
  const isSame = isOwn || String(entry.revision) === String(revisionOf(form));
  const note = document.createElement("div");
  note.className = "note kept-note";
  note.setAttribute("role", "status");
  const sentence = document.createElement("p");
  sentence.textContent = say(isSame ? "draft" : "draft-older");
  const acts = document.createElement("div");
  acts.className = "kept-acts";
  const use = () => {
    fill(form, entry.fields);
    unfold(form, differing(entry.fields, onPage));
    changed();
  };
  const throwAway = button(say("draft-throw"), () => {
    if (isSame) {
      fill(form, onPage);
      drop(key);
    }
    drop(older);
    note.remove();
    changed();
  });
  if (isSame) {
    use();
    acts.append(throwAway);
    note.append(sentence, acts);
  } else {
    note.dataset.offered = "";
    keep(older, entry);
    acts.append(button(say("draft-use"), () => { use(); drop(older); note.remove(); }), throwAway);
    note.append(sentence, both(form, entry.fields), acts);
  }
  form.prepend(note);
}
