// Messages can be closed. Reads: [data-message], in it [data-dismiss] (shown by script).
import { onNew } from "./on_new.js";

onNew("[data-dismiss]", (button) => {
  button.hidden = false;
});
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".message")?.remove();
});
