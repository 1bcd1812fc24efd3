// A name like “Spring 2027” and two days that say the same: whichever is typed, the other follows,
// until it is changed by hand. As strategies/domain/periods.py.
//
// Reads: [data-period] (its value is JSON: {words: {word: [first month, last month]}, months: [names],
// between: "{first} to {last}"}) with input[name=name], [name=starts_on], [name=ends_on] and the hidden
// [name=is_settled], which tells the server that the page has done this.
import { onNew } from "./on_new.js";

const two = (number) => String(number).padStart(2, "0");
const day = (year, month, of) => `${year}-${two(month)}-${two(of)}`;
const lastOf = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

export function periodOf(name, words) {
  const text = name.toLowerCase().replaceAll("first half", "h1").replaceAll("second half", "h2");
  const years = [];
  for (const [, year, following] of text.matchAll(/(?<![\p{L}\d])(20\d\d)(?:\s*[/–-]\s*(\d\d)(?!\d))?(?!\d)/gu)) {
    years.push(Number(year));
    if (following && Number(following) === (Number(year) + 1) % 100) years.push(Number(year) + 1);
  }
  if (!years.length) return null;
  const parts = [...text.matchAll(/\p{L}+\d?/gu)].map(([word]) => words[word]).filter(Boolean);
  const [first, last] = parts.length ? [parts[0], parts.at(-1)] : [[1, 1], [12, 12]];
  let [begins, ends] = [years[0], years.at(-1)];
  if (last[1] > 12 && begins < ends) ends -= 1;
  else if (begins === ends && first[0] > last[0]) begins -= 1;
  const month = ((last[1] - 1) % 12) + 1;
  if (last[1] > 12) ends += 1;
  const found = [day(begins, first[0], 1), day(ends, month, lastOf(ends, month))];
  return found[0] <= found[1] && ends - begins <= 10 ? found : null;
}

function nameOf(from, to, { months, between }) {
  const [begins, first] = from.split("-").map(Number);
  const [ends, last] = to.split("-").map(Number);
  if (begins === ends && first === 1 && last === 12) return String(begins);
  if (begins === ends && first === last) return `${months[first - 1]} ${begins}`;
  const start = begins === ends ? months[first - 1] : `${months[first - 1]} ${begins}`;
  return between.replace("{first}", start).replace("{last}", `${months[last - 1]} ${ends}`);
}

onNew("[data-period]", (place) => {
  const known = JSON.parse(place.dataset.period);
  const field = (name) => place.querySelector(`[name=${name}]`);
  const [name, from, to] = ["name", "starts_on", "ends_on"].map(field);
  field("is_settled").value = "1";
  const follows = { name: true, days: true };
  name.addEventListener("input", () => {
    follows.name = name.value.trim() === "";
    const period = follows.days ? periodOf(name.value, known.words) : null;
    if (period) [from.value, to.value] = period;
  });
  for (const one of [from, to]) {
    one.addEventListener("input", () => {
      follows.days = false;
      if (follows.name && from.value && to.value && from.value <= to.value) name.value = nameOf(from.value, to.value, known);
    });
  }
});
