// A month beside a day: choosing or pasting one fills in its first or last day, as the field means it.
//
// Reads: select[data-by-month] right behind an input of a day, its options with value="2027-09" and
// data-day="2027-09-30". Without script both are sent, and the server reads the month.
import { announce } from "./announce.js";
import { onNew } from "./on_new.js";

const QUARTER = /^(?:(\d{4})\s*)?q([1-4])(?:\s*(\d{4}))?$/;

/** The month that a text names, of those that are offered: “Sept”, “September 2027”, “Q3 2027”. */
function found(select, text) {
  const plain = text.trim().toLowerCase().replace(/^(?:by|until|from|in)\s+/, "").replaceAll(".", "");
  const options = [...select.options].slice(1);
  const quarter = QUARTER.exec(plain);
  if (quarter) {
    const month = 3 * quarter[2] - (options[0].dataset.day.endsWith("-01") ? 2 : 0);
    const year = quarter[1] ?? quarter[3] ?? "";
    const end = `${year}-${String(month).padStart(2, "0")}`;
    return options.find((option) => option.value.endsWith(end));
  }
  const [name, year = ""] = plain.split(/[\s,]+/);
  if (!/^\p{L}{3,}$/u.test(name)) return undefined;
  return options.find((option) => option.text.toLowerCase().startsWith(name) && option.text.endsWith(year));
}

onNew("select[data-by-month]", (select) => {
  const day = select.previousElementSibling;
  select.removeAttribute("name");
  const take = (option) => {
    day.value = option.dataset.day;
    select.value = "";
    day.dispatchEvent(new Event("input", { bubbles: true }));
    day.dispatchEvent(new Event("change", { bubbles: true }));
    const words = new Date(`${option.dataset.day}T12:00`);
    announce(words.toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", year: "numeric" }));
  };
  select.addEventListener("change", (event) => {
    event.stopPropagation();
    if (select.value) take(select.selectedOptions[0]);
  });
  select.addEventListener("input", (event) => event.stopPropagation());
  day.addEventListener("paste", (event) => {
    const option = found(select, event.clipboardData?.getData("text") ?? "");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
});
