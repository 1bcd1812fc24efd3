// Small acts that only a script can do; their buttons stand hidden in the page and are shown here.
// Reads: button[data-print], button[data-copy="#id"], select[data-go] in a GET form.
import { announce } from "./announce.js";
import { onNew } from "./on_new.js";
import { say } from "./words.js";

onNew("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

onNew("[data-copy]", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    const text = source?.value ?? source?.textContent.trim() ?? "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      source?.select?.();
      if (!document.execCommand("copy")) return;
    }
    const words = button.querySelector("[data-copy-words]") ?? button;
    const before = words.textContent;
    words.textContent = say("copied");
    announce(say("copied"));
    setTimeout(() => { words.textContent = before; }, 2000);
  });
});

onNew("select[data-go]", (select) => {
  for (const button of select.form.querySelectorAll(".no-js-only")) button.hidden = true;
  select.addEventListener("change", () => select.form.requestSubmit());
});
