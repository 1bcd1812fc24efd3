// The grid by keys: arrows go from day to day, and up and down through the posts of a day; Enter
// opens, Shift with an arrow moves a post, d asks for a date, n adds a post on the day.
// Reads: [data-calendar], in it [data-grid-day] and [data-card data-card-day] (calendar_grid.js).
import { addDays } from "./calendar_days.js";
import { cardOf } from "./calendar_grid.js";
import { move } from "./calendar_move.js";

const page = document.querySelector("[data-calendar]");
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const cellOf = (day) => page.querySelector(`[data-grid-day="${day}"]`);
const postsOf = (day) => [...page.querySelectorAll(`[data-card-day="${day}"]`)].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);

function focusDay(day) {
  const cell = cellOf(day);
  if (!cell) return false;
  for (const other of page.querySelectorAll("[data-grid-day][tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  return true;
}

function leave(step) {
  const way = document.querySelector(step < 0 ? ".cal-step [rel=prev]" : ".cal-step [rel=next]");
  way?.click();
}

function onDay(event, day) {
  if (event.key === "Enter") {
    postsOf(day)[0]?.focus();
  } else if (event.key in STEPS && !event.shiftKey) {
    const step = STEPS[event.key];
    const posts = postsOf(day);
    if (event.key === "ArrowDown" && posts.length) posts[0].focus();
    else if (!focusDay(addDays(day, step))) leave(step);
  } else {
    return false;
  }
  return true;
}

function onPost(event, post) {
  const day = post.dataset.cardDay;
  const step = STEPS[event.key];
  if (step && event.shiftKey) {
    move(cardOf(post.dataset.card), addDays(day, step));
  } else if (step) {
    const posts = postsOf(day);
    const at = posts.indexOf(post);
    if (Math.abs(step) === 1) focusDay(addDays(day, step));
    else if (step < 0) (posts[at - 1] ?? cellOf(day)).focus();
    else if (posts[at + 1]) posts[at + 1].focus();
    else focusDay(addDays(day, 7));
  } else if (event.key === "Escape") {
    focusDay(day);
  } else if (event.key === "d" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    askForDate(post.dataset.card);
  } else {
    return false;
  }
  return true;
}

function askForDate(id) {
  const form = document.querySelector("[data-move-form]");
  if (!form) return;
  const url = form.dataset.url.replace("00000000-0000-0000-0000-000000000000", id);
  location.assign(`${url}?next=${encodeURIComponent(form.elements.next.value)}`);
}

function pressed(event) {
  const post = event.target.closest("[data-card]");
  const cell = event.target.closest("[data-grid-day]");
  let done = false;
  if (post) done = onPost(event, post);
  else if (cell === event.target) done = onDay(event, cell.dataset.gridDay);
  if (done) event.preventDefault();
}

if (page) page.addEventListener("keydown", pressed);
