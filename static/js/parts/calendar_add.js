// Quick add: n on a day, or a click into it, opens one line; Enter adds a draft on that day.
// Reads: dialog[data-quick-add], in it [data-day-words], [data-close], input planned_on and text.
import { dayWords } from "./calendar_days.js";

const page = document.querySelector("[data-calendar]");
const dialog = document.querySelector("[data-quick-add]");

function open(day) {
  dialog.querySelector("[name=planned_on]").value = day;
  dialog.querySelector("[data-day-words]").textContent = dayWords(day);
  dialog.showModal();
  dialog.querySelector("[name=text]").focus();
}

function pressed(event) {
  if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const near = event.target.closest("[data-grid-day], [data-card]");
  const { today, ownFirst, ownLast } = page.dataset;
  const otherwise = today >= ownFirst && today <= ownLast ? today : ownFirst;
  event.preventDefault();
  open(near?.dataset.gridDay ?? near?.dataset.cardDay ?? otherwise);
}

if (page && dialog) {
  document.addEventListener("keydown", pressed);
  page.addEventListener("calendar:add", (event) => open(event.detail));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}
