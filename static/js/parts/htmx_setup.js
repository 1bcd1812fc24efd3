// htmx, and what it must not do: swap the sign-in page into a piece of the page, or fail silently.
// Reads: any hx- attribute; [data-focus] in a new piece gets the focus.
import htmx from "htmx.org";
import { showMessage } from "./announce.js";
import { csrfToken } from "./csrf.js";
import { say } from "./words.js";

document.addEventListener("htmx:configRequest", (event) => {
  const { headers, parameters, verb } = event.detail;
  if (verb === "get") return;
  headers["X-CSRFToken"] = csrfToken();
  if (parameters?.delete) parameters.delete("csrfmiddlewaretoken");
  else delete parameters?.csrfmiddlewaretoken;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  const path = new URL(answer.responseURL || location.href, location.href).pathname;
  if (path.startsWith("/accounts/") && !location.pathname.startsWith("/accounts/")) {
    event.detail.shouldSwap = false;
    showMessage(say("signed-out"), "warn");
  }
});
document.addEventListener("htmx:responseError", (event) => {
  const csrf = event.detail.xhr.status === 403 && event.detail.xhr.responseText.includes('data-failed="csrf"');
  showMessage(say(csrf ? "signed-out" : "not-done"), csrf ? "warn" : "bad");
});
document.addEventListener("htmx:sendError", () => showMessage(say("no-connection")));
document.addEventListener("htmx:timeout", () => showMessage(say("no-connection")));
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.target.matches("[data-focus]") ? event.target : event.target.querySelector("[data-focus]");
  target?.focus();
});
document.addEventListener("planner:added", (event) => htmx.process(event.target));
