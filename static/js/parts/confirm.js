// Asks once before a form goes. Reads: form[data-confirm="What will be lost?"], optional
// data-confirm-yes="Remove". The words of the buttons: the form's own button, and “Cancel” of #words.
import { say } from "./words.js";

const agreed = new WeakSet();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.dataset.confirm || agreed.has(form)) {
      agreed.delete(form);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    const dialog = document.createElement("dialog");
    dialog.className = "ask-first";
    const question = document.createElement("p");
    question.textContent = form.dataset.confirm;
    question.id = "ask-first";
    dialog.setAttribute("aria-labelledby", question.id);
    const row = document.createElement("div");
    row.className = "ask-first-acts";
    const yes = document.createElement("button");
    yes.type = "button";
    yes.className = "btn btn-primary";
    yes.textContent = form.dataset.confirmYes || submitter?.textContent.trim() || say("yes");
    const no = document.createElement("button");
    no.type = "button";
    no.className = "btn";
    no.textContent = say("cancel");
    row.append(yes, no);
    dialog.append(question, row);
    document.body.append(dialog);
    yes.addEventListener("click", () => {
      agreed.add(form);
      dialog.close();
      form.requestSubmit(submitter ?? undefined);
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      submitter?.focus();
    });
    dialog.showModal();
    no.focus();
  },
  true,
);
