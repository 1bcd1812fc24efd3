// Saves an answer row by itself.
//
// Reads: form[data-autosave] (="create" for a form that makes a row), its action or data-save-url,
// input[name=revision], data-keep-key; [data-saved], [data-findings], [data-steps] of the page;
// [data-conflict] of the form, [data-title] of its [data-row]; button[formaction][data-saves-first], which
// is pressed once everything is saved; [data-without-script], which is hidden here.
// Sends: POST, the form's fields, with HX-Request: true and X-Autosave: 1. One request of a form at
// a time; what changed meanwhile goes after it with the new revision.
// Takes: 200 / 201 {revision, began, taken, saved_at, findings_html, steps_html, title, location, uid,
// left_out: what was not saved, to be told}
// · 204 · 400, 413, 422 {errors} = refused, and not sent again until the text changes or the button is
// pressed · 409 {html, began, taken, theirs} · redirect, 401, 403 = signed out · 404,
// 410 = gone · else: try again. ``began`` is JSON of what is stored now, ``taken`` {name: text} of
// what somebody else saved, ``theirs`` {name: text} of the fields that both changed.
// A conflict panel (conflict.js) is answered with [data-conflict-resolve].
// Fires planner:saved on the form.
import { showMessage } from "./announce.js";
import { csrfToken } from "./csrf.js";
import { restore, revisionOf } from "./drafts.js";
import { clearErrors, showErrors } from "./errors.js";
import { asLists, fill, halfTyped, isEmpty, same, served, typed } from "./fields.js";
import { added, onNew } from "./on_new.js";
import { drop, isStillMine, keep, keyOf } from "./store.js";
import { icon, say } from "./words.js";

const PAUSE = 1200;
const LONGEST_WAIT = 60_000;
const REFUSALS = new Set([400, 413, 422]);
const forms = new Map();

const STATES = {
  saved: ["check", "is-good"],
  saving: ["clock", ""],
  unsaved: ["begun", ""],
  refused: ["block", "is-bad"],
  conflict: ["people", "is-warn"],
  "signed-out": ["lock", "is-warn"],
  "other-account": ["lock", "is-bad"],
  offline: ["warn", "is-warn"],
  "offline-unsafe": ["warn", "is-bad"],
  trouble: ["warn", "is-warn"],
  gone: ["block", "is-bad"],
};

function tell(form, state, values = {}) {
  const line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  const text = say(state, values);
  if (!line || line.textContent === text) return;
  const [name, look] = STATES[state];
  line.className = `saved ${look}`.trim();
  line.replaceChildren(icon(name), document.createTextNode(text));
}

function quieten(form) {
  const line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  if (line && !line.matches(".is-good")) line.replaceChildren();
}

class AutosavedForm {
  constructor(form) {
    this.form = form;
    this.flight = null;
    this.timer = null;
    this.failures = 0;
    this.conflict = null;
    this.touched = new Set();
    this.isKept = true;
    this.lastSaved = form.querySelector(".is-invalid") ? null : served(form);
    for (const one of form.querySelectorAll("[data-without-script]")) one.hidden = true;
    form.addEventListener("input", (event) => this.changed(event, PAUSE));
    form.addEventListener("change", (event) => this.changed(event, event.target.matches("textarea, input:not([type=checkbox], [type=radio])") ? PAUSE : 0));
    form.addEventListener("focusout", () => this.isDirty() && this.soon(0));
    form.addEventListener("click", (event) => this.resolve(event));
    restore(form, () => {
      this.brought = typed(form);
      this.changed(null, PAUSE);
    });
  }

  get isCreating() {
    return this.form.dataset.autosave === "create";
  }

  isDirty() {
    if (halfTyped(this.form).length) return true;
    const now = typed(this.form);
    if (this.isCreating && isEmpty(now)) return false;
    return !this.lastSaved || !same(now, this.lastSaved);
  }

  changed(event, pause) {
    if (event?.target.name) this.touched.add(event.target.name);
    if (this.isDirty()) {
      this.isKept = this.keep();
      if (!this.flight && !this.failures && !this.conflict) tell(this.form, "unsaved");
      this.soon(pause);
    } else {
      drop(keyOf(this.form));
      this.isKept = true;
      if (!this.flight && !this.conflict) this.isAsBefore();
    }
  }

  keep() {
    const { form } = this;
    return keep(keyOf(form), { revision: revisionOf(form), began: form.elements.began?.value, fields: typed(form), pass: form.elements.pass?.value, brought: this.brought });
  }

  /** The fields hold what the server has again: nothing is wrong any more. */
  isAsBefore() {
    clearTimeout(this.timer);
    this.failures = 0;
    clearErrors(this.form);
    if (this.savedAt) tell(this.form, "saved", { time: this.savedAt });
    else quieten(this.form);
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** Save until nothing is left to save. True when the server has everything. */
  async flush() {
    clearTimeout(this.timer);
    while (this.isDirty()) {
      if (this.conflict) return false;
      this.flight ??= this.send().finally(() => { this.flight = null; });
      if ((await this.flight) !== "saved") return false;
    }
    return true;
  }

  async send() {
    const { form } = this;
    const snapshot = typed(form);
    const half = halfTyped(form);
    if (half.includes(document.activeElement) && !this.asked) return "half-typed"; // still being typed
    if (half.length) return this.refused({ errors: Object.fromEntries(half.map(({ name }) => [name, [say("half-typed")]])) });
    if (this.refusal && !this.asked && same(snapshot, this.refusal.snapshot)) return this.refused(this.refusal.content);
    const body = new URLSearchParams(new FormData(form));
    body.delete("csrfmiddlewaretoken");
    if (!isStillMine()) return this.stop("other-account");
    tell(form, "saving");
    let answer;
    try {
      answer = await fetch(form.dataset.saveUrl || form.getAttribute("action"), {
        method: "POST",
        body,
        headers: { Accept: "application/json", "HX-Request": "true", "X-Autosave": "1", "X-CSRFToken": csrfToken(form) },
        redirect: "manual",
        keepalive: body.toString().length < 50_000,
        signal: AbortSignal.timeout(20_000),
      });
    } catch {
      return this.again(this.isKept ? "offline" : "offline-unsafe");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.stop("signed-out");
    if (answer.status === 403) {
      const page = await answer.text().catch(() => "");
      return this.stop(page.includes('data-failed="csrf"') ? "signed-out" : "gone");
    }
    if (answer.status === 404 || answer.status === 410) return this.stop("gone");
    if (answer.status === 204) return this.took(snapshot, {});
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const content = isJson ? await answer.json().catch(() => null) : null;
    if (content && answer.ok) return this.took(snapshot, content);
    if (REFUSALS.has(answer.status)) {
      this.refusal = { snapshot, content: content?.errors ? content : { errors: { __all__: [say("not-taken")] } } };
      return this.refused(this.refusal.content);
    }
    if (content && answer.status === 409) return this.collided(snapshot, content);
    return this.again("trouble");
  }

  took(snapshot, content) {
    const { form } = this;
    this.failures = 0;
    this.refusal = null;
    this.brought = null;
    this.lastSaved = this.takeOver(snapshot, content);
    const oldKey = keyOf(form);
    if (content.location) this.becomeRow(content);
    if (content.revision !== undefined && form.elements.revision) form.elements.revision.value = content.revision;
    if (oldKey !== keyOf(form)) drop(oldKey);
    clearErrors(form);
    if (this.isDirty()) {
      this.keep();
    } else {
      drop(keyOf(form));
      for (const note of form.querySelectorAll(".kept-note:not([data-offered])")) note.remove();
      if (content.saved_at) {
        this.savedAt = content.saved_at;
        tell(form, "saved", { time: content.saved_at });
      } else {
        this.isAsBefore();
      }
    }
    this.replace("[data-findings]", content.findings_html);
    this.replace("[data-steps]", content.steps_html);
    const title = form.closest("[data-row]")?.querySelector("[data-title]");
    if (title && content.title) title.textContent = content.title;
    if (content.left_out) showMessage(content.left_out, "warn");
    form.dispatchEvent(new CustomEvent("planner:saved", { bubbles: true, detail: content }));
    return "saved";
  }

  /**
   * Put what somebody else saved into the fields that were not touched here, and begin anew from what
   * is stored. A field that was typed in since the request left keeps its text and its old beginning,
   * so that the next save asks about it. Returns what the fields hold of what is stored.
   */
  takeOver(snapshot, { began, taken }) {
    const { form } = this;
    const stored = { ...snapshot };
    const now = typed(form);
    const filled = {};
    const next = began === undefined ? null : JSON.parse(began);
    for (const [name, text] of Object.entries(asLists(taken))) {
      if (same({ [name]: now[name] }, { [name]: snapshot[name] })) {
        filled[name] = stored[name] = text;
      } else if (next) {
        next[name] = JSON.parse(form.elements.began.value)[name];
      }
    }
    fill(form, filled);
    if (next && form.elements.began) form.elements.began.value = JSON.stringify(next);
    return stored;
  }

  /** From now on this form changes the row that it has just made. */
  becomeRow({ location: address, uid }) {
    const { form } = this;
    form.action = address;
    delete form.dataset.saveUrl;
    form.dataset.autosave = "";
    if (!uid) return;
    form.dataset.keepKey = uid;
    const row = form.closest("[data-row]");
    if (row) row.dataset.row = uid;
  }

  replace(selector, html) {
    const place = html === undefined ? null : document.querySelector(selector);
    if (!place) return;
    place.innerHTML = html;
    added(place);
  }

  refused({ errors }) {
    // What the button brought up stays: the focus that moves to it makes the form save again. What
    // stood there before is no text half typed: nothing can be saved until it is mended.
    const before = this.isCreating ? {} : served(this.form);
    for (const name of Object.keys(errors)) {
      if (this.asked || before[name]?.some(Boolean)) this.touched.add(name);
    }
    const shown = showErrors(this.form, errors, this.touched);
    tell(this.form, shown ? "refused" : "unsaved");
    this.failures = 0;
    return "refused";
  }

  collided(snapshot, content) {
    if (this.isBrought(content.theirs)) {
      // Only what the page before had sent: what is typed here goes on from it.
      this.brought = null;
      this.form.elements.began.value = content.began;
      this.lastSaved = null;
      return "saved";
    }
    this.conflict = { ...content, snapshot };
    const panel = document.createElement("template");
    panel.innerHTML = content.html;
    this.form.querySelector("[data-conflict]")?.remove();
    this.form.prepend(panel.content);
    added(this.form.querySelector("[data-conflict]"));
    tell(this.form, "conflict");
    return "conflict";
  }

  /**
   * Whether what was saved meanwhile is no more than the text kept from the page before: that page
   * sent it while leaving, and it arrived when this one was made. True before the first save only.
   */
  isBrought(theirs) {
    const saved = asLists(theirs);
    return Boolean(this.brought) && same({ ...this.brought, ...saved }, this.brought);
  }

  /** The person has seen both texts and chosen: the fields hold what will be saved. */
  resolve(event) {
    if (!event.target.closest("[data-conflict-resolve]") || !this.conflict) return;
    event.preventDefault();
    this.settleConflict();
    this.lastSaved = null;
    this.changed(null, 0);
    this.form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  settleConflict() {
    this.takeOver(this.conflict.snapshot, this.conflict);
    this.conflict = null;
    this.form.querySelector("[data-conflict]")?.remove();
  }

  stop(state) {
    tell(this.form, state);
    return state;
  }

  again(state) {
    this.failures += 1;
    tell(this.form, state);
    this.soon(Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures));
    return state;
  }
}

onNew("form[data-autosave]", (form) => forms.set(form, new AutosavedForm(form)));

function living() {
  for (const form of forms.keys()) {
    if (!form.isConnected) forms.delete(form);
  }
  return [...forms.values()];
}

/** Save what is typed on this page; false, with the reason in sight, when something could not be. */
async function finish(savers) {
  for (const saver of savers) {
    saver.asked = true;
    const isSaved = await saver.flush();
    saver.asked = false;
    if (!isSaved) {
      (saver.form.querySelector(".is-invalid") ?? saver.form.querySelector("[data-conflict] :is(input:not([type=hidden]), button)"))?.focus();
      return false;
    }
  }
  return true;
}

const unfinished = () => living().filter((saver) => saver.flight || saver.isDirty());

// The button: first everything that is typed is saved the same way, so that with a lost network or
// session the page, and the text in it, stays where it is. Another form of the page waits as well.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const own = forms.get(form);
    if (event.submitter?.hasAttribute("formaction") && !event.submitter.matches("[data-saves-first]") && own) return;
    if (!own && form.matches("[hx-post], [data-hx-post], [data-keep]")) return;
    if (own?.conflict) own.settleConflict();
    const savers = own ? [own].filter((one) => one.flight || one.isDirty()) : unfinished();
    if (!savers.length || (!own && form.dataset.leaves)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    finish(savers).then((isSaved) => {
      if (!isSaved && own) return;
      if (!own) form.dataset.leaves = "true";
      form.requestSubmit(submitter ?? undefined);
    });
  },
  true,
);

// A link waits for the save, so that the next page shows it. What cannot be saved is told first;
// following a link once more leaves, and the text is kept in this browser.
let isWarned = false;
document.addEventListener("input", () => { isWarned = false; });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href, location.href);
  const isHere = url.hash && url.pathname === location.pathname && url.search === location.search;
  const savers = unfinished();
  if (isHere || isWarned || !savers.length) return;
  event.preventDefault();
  finish(savers).then((isSaved) => {
    if (isSaved) location.assign(link.href);
    else isWarned = true;
  });
});

addEventListener("online", () => {
  for (const saver of living()) if (saver.isDirty()) saver.soon(0);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const saver of living()) if (saver.isDirty()) saver.flush();
});
addEventListener("beforeunload", (event) => {
  if (living().some((saver) => saver.isDirty() && !saver.isKept)) event.preventDefault();
});
