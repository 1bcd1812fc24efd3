// The month is printed on one page: the grid is laid out for the width of a landscape page, and made
// smaller where it is still too high.
// Reads: [data-calendar], in it [data-grid].

const page = document.querySelector("[data-calendar]");
const grid = page?.querySelector("[data-grid]");

// What is left of A4 or Letter on its side, in CSS pixels, with the margins of calendar.css and the
// title above.
const WIDTH = 980;
const HEIGHT = 620;

function shrink() {
  if (!grid.firstElementChild) return;
  page.classList.add("is-printed");
  grid.style.width = `${WIDTH}px`;
  const scale = Math.min(1, HEIGHT / grid.firstElementChild.scrollHeight);
  grid.style.width = `${WIDTH / scale}px`; // wider, and so never higher
  grid.style.zoom = String(scale);
}

function restore() {
  page.classList.remove("is-printed");
  grid.style.width = "";
  grid.style.zoom = "";
}

if (grid) {
  addEventListener("beforeprint", shrink);
  addEventListener("afterprint", restore);
}
