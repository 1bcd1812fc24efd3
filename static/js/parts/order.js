// Moves rows: by their up and down buttons, and by dragging the number of a row.
//
// Reads: [data-order] (the list), in it [data-row="uid"] with .rank, and button[data-move="up"|"down"]
// whose formaction moves its row one step. A dragged row is sent as order=uid&order=uid… to
// data-order-url; or, with data-order-by="position", to its button's address with position=<place,
// from 1> instead of direction; or as so many single steps. The move shows at once; when the server
// refuses, the old order comes back with the server's reason, and moves made meanwhile are not sent.
import Sortable from "sortablejs";
import { announce, showMessage } from "./announce.js";
import { csrfToken } from "./csrf.js";
import { added, onNew } from "./on_new.js";
import { say } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** What a button asks for without script. */
const request = (button) => ({ url: button.getAttribute("formaction"), body: new URLSearchParams() });

class Order {
  constructor(list) {
    this.list = list;
    this.queue = Promise.resolve();
    this.refusals = 0;
    list.addEventListener("click", (event) => this.pressed(event));
    if (list.querySelector("[data-move]")) {
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
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const before = this.rows();
    const place = before.indexOf(row);
    const to = button.dataset.move === "up" ? place - 1 : place + 1;
    if (to < 0 || to >= before.length) return;
    if (to < place) before[to].before(row);
    else before[to].after(row);
    this.count();
    this.focus(button);
    this.tell(row);
    this.send(before, [request(button)]);
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
    const button = item.querySelector(`[data-move="${to < from ? "up" : "down"}"]`);
    if (this.list.dataset.orderBy === "position") {
      const address = new URL(button.formAction);
      address.searchParams.delete("direction");
      this.send(this.before, [{ url: address, body: new URLSearchParams({ position: to + 1 }) }]);
      return;
    }
    this.send(this.before, Array.from({ length: Math.abs(to - from) }, () => request(button)));
  }

  /** The button that was pressed keeps the focus; at the end of the list its neighbour takes it. */
  focus(button) {
    if (!button.disabled) button.focus();
    else button.closest("[data-row]").querySelector("[data-move]:not(:disabled)")?.focus();
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
        const button = row.querySelector(`[data-move="${move}"]`);
        if (button) button.disabled = isEnd;
      }
    });
  }

  send(before, requests) {
    const { refusals } = this;
    this.queue = this.queue.then(async () => {
      if (refusals !== this.refusals) return;
      for (const { url, body } of requests) {
        if (!(await this.post(url, body))) {
          this.refusals += 1;
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
      const { errors } = await answer.json().catch(() => ({}));
      showMessage(errors?.__all__?.[0] ?? say("not-done"));
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
