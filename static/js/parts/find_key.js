// The key / leads to Find, outside of fields. Reads: a[data-find].
const TYPING = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.(TYPING)) return;
  const link = document.querySelector("a[data-find]");
  if (!link) return;
  event.preventDefault();
  link.click();
});
