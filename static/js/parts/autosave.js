// Saves an answer row by itself.
//
// Reads: form[data-autosave] (="create" for a form that makes a row), its action or data-save-url,
// input[name=revision], data-keep-key; [data-saved], [data-findings], [data-steps] of the page;
// [data-conflict] of the form, [data-title] of its [data-row].
// Sends: POST, the form's fields, with HX-Request: true and X-Autosave: 1. One request of a form at
// a time; what changed meanwhile goes after it with the new revision.
// Takes: 200 / 201 {revision, saved_at, findings_html, steps_html, title, location, uid} · 204 ·
// 400, 413, 422 {errors} = refused, and not sent again until the text changes or the button is
// pressed · 409 {html} · redirect, 401, 403 = signed out · 404, 410 = gone · else: try again.
// In a conflict panel: button[data-conflict-keep][data-revision],
// button[data-conflict-take][data-revision][data-values], with data-own where the same person saved.
// Fires house:saved on the form.
import { csrfToken } from "./csrf.js";
import { restore, revisionOf } from "./drafts.js";
import { clearErrors, showErrors } from "./errors.js";
import { fill, isEmpty, same, served, typed } from "./fields.js";
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

/** What somebody else saved, as the button that takes it carries it. */
function valuesOf(button) {
  const values = Object.entries(JSON.parse(button.dataset.values));
  return Object.fromEntries(values.map(([name, value]) => [name, [value].flat().map((one) => String(one ?? ""))]));
}

class AutosavedForm {
  constructor(form) {
    this.form = form;
    this.flight = null;
    this.timer = null;
    this.failures = 0;
    this.conflict = false;
    this.touched = new Set();
    this.isKept = true;
    this.lastSaved = form.querySelector(".is-invalid") ? null : served(form);
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
    const now = typed(this.form);
    if (this.isCreating && isEmpty(now)) return false;
    return !this.lastSaved || !same(now, this.lastSaved);
  }

  changed(event, pause) {
    if (event?.target.name) this.touched.add(event.target.name);
    if (this.isDirty()) {
      this.isKept = keep(keyOf(this.form), { revision: revisionOf(this.form), fields: typed(this.form), brought: this.brought });
      if (!this.flight && !this.failures && !this.conflict) tell(this.form, "unsaved");
      this.soon(pause);
    } else {
      drop(keyOf(this.form));
      this.isKept = true;
      if (!this.flight && !this.conflict) this.isAsBefore();
    }
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
    if (this.refusal && !this.asked && same(snapshot, this.refusal.snapshot)) return this.refused(this.refusal.content);
    const body = new URLSearchParams(new FormData(form));
    body.delete("csrfmiddlewaretoken");
    if (!isStillMine()) return this.stop("signed-out");
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
    this.lastSaved = snapshot;
    this.refusal = null;
    this.brought = null;
    const oldKey = keyOf(form);
    if (content.location) this.becomeRow(content);
    if (content.revision !== undefined && form.elements.revision) form.elements.revision.value = content.revision;
    if (oldKey !== keyOf(form)) drop(oldKey);
    clearErrors(form);
    if (this.isDirty()) {
      keep(keyOf(form), { revision: revisionOf(form), fields: typed(form) });
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
    form.dispatchEvent(new CustomEvent("house:saved", { bubbles: true, detail: content }));
    return "saved";
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
    // What the button brought up stays: the focus that moves to it makes the form save again.
    if (this.asked) for (const name of Object.keys(errors)) this.touched.add(name);
    const shown = showErrors(this.form, errors, this.touched);
    tell(this.form, shown ? "refused" : "unsaved");
    this.failures = 0;
    return "refused";
  }

  collided(snapshot, { html }) {
    const panel = document.createElement("template");
    panel.innerHTML = html;
    const own = panel.content.querySelector("[data-conflict-take][data-own]");
    if (own && this.isBrought(valuesOf(own))) {
      return this.took({ ...snapshot, ...valuesOf(own) }, { revision: own.dataset.revision });
    }
    this.conflict = true;
    let place = this.form.querySelector("[data-conflict]");
    if (!place) {
      place = document.createElement("div");
      place.dataset.conflict = "";
      this.form.prepend(place);
    }
    place.setAttribute("role", "alert");
    place.innerHTML = html;
    added(place);
    tell(this.form, "conflict");
    return "conflict";
  }

  /**
   * Whether what was saved meanwhile is no more than the text kept from the page before: that page
   * sent it while leaving, and it arrived when this one was made. True before the first save only.
   */
  isBrought(saved) {
    return Boolean(this.brought) && same({ ...this.brought, ...saved }, this.brought);
  }

  /** The buttons of a conflict panel. */
  resolve(event) {
    const button = event.target.closest("[data-conflict-keep], [data-conflict-take]");
    if (!button) return;
    event.preventDefault();
    if (this.form.elements.revision) this.form.elements.revision.value = button.dataset.revision;
    if (button.dataset.values) {
      fill(this.form, { ...typed(this.form), ...valuesOf(button) });
      this.lastSaved = typed(this.form);
    } else {
      this.lastSaved = null;
    }
    this.conflict = false;
    this.form.querySelector("[data-conflict]").replaceChildren();
    this.changed(null, 0);
    const next = this.form.querySelector("input:not([type=hidden]), textarea, select");
    next?.focus();
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

// The button: first everything that is typed is saved the same way, so that with a lost network or
// session the page, and the text in it, stays where it is.
document.addEventListener(
  "submit",
  (event) => {
    const saver = forms.get(event.target);
    if (!saver || saver.conflict || event.submitter?.hasAttribute("formaction")) return;
    if (!saver.flight && !saver.isDirty()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    saver.asked = true;
    saver.flush().then((isSaved) => {
      saver.asked = false;
      if (isSaved) saver.form.requestSubmit(submitter ?? undefined);
      else saver.form.querySelector(".is-invalid")?.focus();
    });
  },
  true,
);

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
