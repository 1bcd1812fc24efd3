// What stands in the fields of a form, as {name: [values]}. Hidden, file and password fields are
// left out: they are not something that a person typed and could lose, or must not be kept.
// Line ends and accents have the form in which the server stores them (core/text_input.py), so that
// the same text is never taken for another one.

const LEFT_OUT = new Set(["hidden", "file", "password", "submit", "button", "image", "reset"]);

export function controls(form) {
  return [...form.elements].filter(
    (control) =>
      control.name && control.type && !LEFT_OUT.has(control.type) && control.tagName !== "BUTTON" && control.tagName !== "FIELDSET" && !control.closest("[data-conflict]"),
  );
}

const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
// As core.text_input knows it: blanks, joiners, fillers, and no sign that is seen.
const SHOWS_NOTHING =
  /^(?:(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Z}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0000}-\u{e0fff}])*$/u;

const inOneForm = (text) => text.replace(LINE_ENDS, "\n").normalize("NFC");

function collect(form, value) {
  const found = {};
  for (const control of controls(form)) {
    found[control.name] ??= [];
    found[control.name].push(...value(control));
  }
  return found;
}

const BOXES = new Set(["checkbox", "radio"]);

// A date or time of which a part is typed has the value "", as if it were empty. Until it is whole
// again, it counts as what it was.
const whole = new WeakMap();
document.addEventListener(
  "input",
  ({ target }) => {
    if (!target.validity?.badInput) whole.set(target, target.value);
  },
  true,
);

/** The fields of which a part is typed: half a date, a time without its minutes. */
export function halfTyped(form) {
  return controls(form).filter((control) => control.validity?.badInput);
}

/** What stands there now. */
export function typed(form) {
  return collect(form, (control) => {
    if (BOXES.has(control.type)) return control.checked ? [control.value] : [];
    if (control.tagName === "SELECT") return [...control.selectedOptions].map((option) => option.value);
    if (control.validity?.badInput) return [whole.get(control) ?? control.defaultValue];
    return [inOneForm(control.value)];
  });
}

/** What the server wrote into the page. */
export function served(form) {
  return collect(form, (control) => {
    if (BOXES.has(control.type)) return control.defaultChecked ? [control.value] : [];
    if (control.tagName === "SELECT") {
      const chosen = [...control.options].filter((option) => option.defaultSelected);
      if (!chosen.length && !control.multiple && control.options.length) chosen.push(control.options[0]);
      return chosen.map((option) => option.value);
    }
    return [inOneForm(control.defaultValue)];
  });
}

export function fill(form, values) {
  const left = structuredClone(values);
  for (const control of controls(form)) {
    const wanted = values[control.name];
    if (!wanted) continue;
    if (BOXES.has(control.type)) control.checked = wanted.includes(control.value);
    else if (control.tagName === "SELECT") {
      for (const option of control.options) option.selected = wanted.includes(option.value);
    } else control.value = left[control.name].shift() ?? "";
  }
}

export function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => JSON.stringify(one[name] ?? []) === JSON.stringify(other[name] ?? []));
}

/** What the page of this form began with, as its hidden field says it: {name: [values]}. */
export function begun(form) {
  return asLists(form.elements.began?.value);
}

/** {name: text or [texts]} in JSON as {name: [texts]}; nothing when it cannot be read. */
export function asLists(json) {
  try {
    const texts = typeof json === "string" ? JSON.parse(json) : json;
    return Object.fromEntries(Object.entries(texts ?? {}).map(([name, text]) => [name, [text].flat()]));
  } catch {
    return {};
  }
}

/** The names whose values differ. */
export function differing(one, other) {
  return Object.keys(one).filter((name) => name in other && JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

export function isEmpty(values) {
  return Object.values(values).every((list) => list.every((value) => SHOWS_NOTHING.test(value)));
}

export function labelOf(form, name) {
  const control = form.elements[name];
  const first = control instanceof RadioNodeList ? control[0] : control;
  const group = first?.closest("fieldset")?.querySelector("legend");
  const label = first?.labels?.[0];
  const words = (group && BOXES.has(first.type) ? group : (label ?? group))?.cloneNode(true);
  for (const aside of words?.querySelectorAll(".quiet") ?? []) aside.remove(); // “(optional)”
  return words?.textContent.trim() || name;
}

/** A value as a person reads it: the words of a chosen box or option. */
export function inWords(form, name, values) {
  const words = controls(form).filter((control) => control.name === name).flatMap((control) => {
    if (BOXES.has(control.type)) return values.includes(control.value) ? [control.labels?.[0]?.textContent.trim() ?? control.value] : [];
    if (control.tagName === "SELECT") return [...control.options].filter((option) => values.includes(option.value)).map((option) => option.textContent.trim());
    return [];
  });
  return words.length ? words.join(", ") : values.join("\n");
}
