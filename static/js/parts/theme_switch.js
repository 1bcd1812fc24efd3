// The switch light / dark / as the device.
// Reads: [data-theme-switch] (shown by script), in it [data-theme-choice="light|dark|auto"].
import { onNew } from "./on_new.js";

const device = matchMedia("(prefers-color-scheme: dark)");

function stored() {
  try {
    return localStorage.getItem("theme") ?? "auto";
  } catch {
    return "auto";
  }
}

function apply(choice) {
  const dark = choice === "auto" ? device.matches : choice === "dark";
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

onNew("[data-theme-switch]", (group) => {
  group.hidden = false;
  apply(stored());
  group.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
    if (!choice) return;
    try {
      if (choice === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", choice);
    } catch {
      // not stored: holds for this page
    }
    apply(choice);
  });
});
device.addEventListener("change", () => apply(stored()));
addEventListener("storage", (event) => event.key === "theme" && apply(stored()));
