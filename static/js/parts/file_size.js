// A file that the server would not take is not sent: the connection would end before any sentence.
// Reads: input[type=file][data-longest] (bytes), data-too-long (what to do instead).
import { showMessage } from "./announce.js";

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[type=file][data-longest]")) return;
  if ([...target.files].every((file) => file.size <= Number(target.dataset.longest))) return;
  target.value = "";
  showMessage(target.dataset.tooLong);
});
