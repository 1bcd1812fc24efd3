// Runs a function for every element of the page that matches, now and whenever htmx or one of our
// own scripts adds a piece (events htmx:load and planner:added).

export function onNew(selector, start) {
  const seen = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root instanceof Element && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      start(element);
    }
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.target));
  document.addEventListener("planner:added", (event) => look(event.target));
}

export function added(element) {
  element.dispatchEvent(new CustomEvent("planner:added", { bubbles: true }));
}
