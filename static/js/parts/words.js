// Sentences and icons for scripts. They stand in <template id="words" data-sprite="…"> as
// <p data-word="name">, so that they are translated with the templates.

const template = document.getElementById("words");

export function say(name, values = {}) {
  const text = template?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function icon(name, small = true) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", small ? "i i-s" : "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${template?.dataset.sprite ?? ""}#i-${name}`);
  svg.append(use);
  return svg;
}
