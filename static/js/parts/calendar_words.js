// Sentences of the calendar. Reads: <template data-calendar-words> with <p data-word="…">.

const template = document.querySelector("[data-calendar-words]");

export function sayThere(name, values = {}) {
  const text = template?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
