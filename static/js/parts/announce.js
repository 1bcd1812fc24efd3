// Says something to screen readers only; and shows a message in the page's own area.
// Reads: #messages (components/messages.html).
import { icon, say } from "./words.js";

let region = null;

export function announce(text) {
  if (!region) {
    region = document.createElement("div");
    region.className = "visually-hidden";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

const LOOKS = { bad: "block", warn: "warn", good: "check", tip: "tip" };

export function showMessage(text, look = "bad") {
  const area = document.getElementById("messages");
  if (!area) return;
  for (const old of area.querySelectorAll("[data-said-by-script]")) old.remove();
  const message = document.createElement("div");
  message.className = `message is-${look}`;
  message.dataset.saidByScript = "";
  const sentence = document.createElement("p");
  sentence.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-icon btn-quiet";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", say("close"));
  close.append(icon("x", false));
  message.append(icon(LOOKS[look], false), sentence, close);
  area.append(message);
}
