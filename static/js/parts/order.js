// Moves rows: by their up and down buttons, and by dragging the number of a row.
//
// Reads: [data-order] (the list), in it [data-row="uid"] with .rank, and form[data-move="up"|"down"]
// which moves its row one step. A dragged row is sent as order=uid&order=uid… to data-order-url; or,
// with data-order-by="position", by its own form with position=<place, from 1> instead of direction;
// or as so many single steps. The move shows at once; when the server refuses, the old order comes
// back with a message.
import Sortable from "sortablejs";
import { announce, showMessage } from "./announce.js";
import { csrfToken } from "./csrf.js";
import { added, onNew } from "./on_new.js";
import { say } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** What a move form sends: its fields and those of its button. */
function request(form, submitter = form.querySelector("button")) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  body.delete("csrfmiddlewaretoken");
  return { url: form.getAttribute("action"), body };
}

class Order {
  constructor(list) {
    this.list = list;
    this.queue = Promise.resolve();
    list.addEventListener("submit", (event) => this.pressed(event));
    if (this.rows().some((row) => row.querySelector("form[data-move]"))) {
      list.classList.add("can-drag");
      Sortable.create(list, {
        handle: ".rank",
        draggable: "[data-row]",
        animation: calm.matches ? 0 : 120,
        onStart: () => { this.before = this.rows(); },
        onEnd: (event) => this.dropped(event),
      });
    }
    this.count();
  }

  rows() {
    return [...this.list.children].filter((child) => child.matches("[data-row]"));
  }

  pressed(event) {
    const form = event.target;
    if (!form.matches("[data-move]") || form.matches("[hx-post], [data-hx-post]")) return;
    event.preventDefault();
    event.stopPropagation();
    const row = form.closest("[data-row]");
    const before = this.rows();
    const place = before.indexOf(row);
    const to = form.dataset.move === "up" ? place - 1 : place + 1;
    if (to < 0 || to >= before.length) return;
    if (to < place) before[to].before(row);
    else before[to].after(row);
    this.count();
    this.focus(form);
    this.tell(row);
    this.send(before, [request(form, event.submitter)]);
  }

  dropped({ item, oldDraggableIndex: from, newDraggableIndex: to }) {
    if (from === to) return;
    this.count();
    this.tell(item);
    const url = this.list.dataset.orderUrl;
    if (url) {
      const body = new URLSearchParams(this.rows().map((row) => ["order", row.dataset.row]));
      this.send(this.before, [{ url, body }]);
      return;
    }
    const form = item.querySelector(`form[data-move="${to < from ? "up" : "down"}"]`);
    if (this.list.dataset.orderBy === "position") {
      const { url, body } = request(form);
      const address = new URL(url, location.href);
      address.searchParams.delete("direction");
      body.delete("direction");
      body.set("position", to + 1);
      this.send(this.before, [{ url: address, body }]);
      return;
    }
    this.send(this.before, Array.from({ length: Math.abs(to - from) }, () => request(form)));
  }

  /** The button that was pressed keeps the focus; at the end of the list its neighbour takes it. */
  focus(form) {
    const button = form.querySelector("button");
    if (!button.disabled) button.focus();
    else form.closest("[data-row]").querySelector("form[data-move] button:not(:disabled)")?.focus();
  }

  tell(row) {
    const rows = this.rows();
    announce(say("moved", { place: rows.indexOf(row) + 1, total: rows.length }));
  }

  count() {
    const rows = this.rows();
    rows.forEach((row, place) => {
      const rank = row.querySelector(".rank");
      if (rank) rank.textContent = place + 1;
      for (const [move, isEnd] of [["up", place === 0], ["down", place === rows.length - 1]]) {
        const button = row.querySelector(`form[data-move="${move}"] button`);
        if (button) button.disabled = isEnd;
      }
    });
  }

  send(before, requests) {
    this.queue = this.queue.then(async () => {
      for (const { url, body } of requests) {
        if (!(await this.post(url, body))) {
          this.list.append(...before.filter((row) => row.isConnected));
          this.count();
          return;
        }
      }
    });
  }

  async post(url, body) {
    let answer;
    try {
      answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { Accept: "application/json", "HX-Request": "true", "X-Order": "1", "X-CSRFToken": csrfToken() },
        signal: AbortSignal.timeout(20_000),
      });
    } catch {
      showMessage(say("no-connection"));
      return false;
    }
    if (new URL(answer.url, location.href).pathname.startsWith("/accounts/") || answer.status === 401) {
      showMessage(say("signed-out"), "warn");
      return false;
    }
    if (!answer.ok) {
      showMessage(say("not-done"));
      return false;
    }
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const content = await answer.json().catch(() => ({}));
      for (const [selector, html] of [["[data-findings]", content.findings_html], ["[data-steps]", content.steps_html]]) {
        const place = html === undefined ? null : document.querySelector(selector);
        if (!place) continue;
        place.innerHTML = html;
        added(place);
      }
    }
    return true;
  }
}

onNew("[data-order]", (list) => new Order(list));
