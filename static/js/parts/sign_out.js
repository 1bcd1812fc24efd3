// Signing out leaves nothing behind in this browser. Reads: form[data-sign-out].
import { forgetAll } from "./store.js";

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) forgetAll();
});
