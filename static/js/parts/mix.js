// The mix: a press fills its three numbers, and their sum is told while they are typed.
//
// Reads: button[data-mix="34 33 33"] and [data-mix-sum] [data-mix-wrong] ("Together {sum} …") in a
// form with the fields promotional, informative, engagement. Without script the buttons post.
import { onNew } from "./on_new.js";

const PARTS = ["promotional", "informative", "engagement"];

onNew("[data-mix-sum]", (line) => {
  const form = line.closest("form");
  const fields = PARTS.map((name) => form.elements[name]);
  const tell = () => {
    const values = fields.map((field) => field.value.trim());
    const isWhole = values.every((value) => /^\d+$/.test(value));
    const sum = values.reduce((total, value) => total + Number(value), 0);
    const words = sum === 100 ? line.dataset.mixSum : line.dataset.mixWrong;
    line.textContent = isWhole ? words.replace("{sum}", sum) : "";
    line.classList.toggle("is-good", isWhole && sum === 100);
    line.classList.toggle("is-warn", isWhole && sum !== 100);
  };
  form.addEventListener("input", tell);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mix]");
    if (!button) return;
    event.preventDefault();
    button.dataset.mix.split(" ").forEach((value, place) => {
      fields[place].value = value;
    });
    fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  });
  tell();
});
