// Month and week as a grid (FullCalendar). The posts stand in the page already, as the agenda that
// a phone and a page without script show: each card is taken over into its day.
// Reads: [data-calendar] with data-first, data-last, data-own-first, data-own-last, data-today,
// data-day-url; in it [data-grid], [data-agenda], [data-agenda-day data-hidden], [data-post],
// [data-campaign data-first data-last], [data-ideas].
import { Calendar } from "fullcalendar";
import dayGridPlugin from "fullcalendar/daygrid";
import interactionPlugin, { Draggable } from "fullcalendar/interaction";
import { showMessage } from "./announce.js";
import { addDays, dayWords } from "./calendar_days.js";
import { keepPlace, move } from "./calendar_move.js";
import { sayThere } from "./calendar_words.js";
import { say } from "./words.js";

const page = document.querySelector("[data-calendar]");
const wide = matchMedia("(min-width: 56.01rem)");
let calendar = null;
// The post that was just moved or added gets the focus.
let wanted = location.hash.match(/^#post-([0-9a-f-]{36})$/)?.[1] ?? "";

export const cardOf = (id) => document.getElementById(`post-${id}`) ?? later.get(id);
const later = new Map(); // cards of full days, fetched when the day is opened

function eventOf(card, place) {
  return {
    id: card.dataset.post,
    start: card.dataset.day,
    allDay: true,
    url: card.href,
    editable: "canMove" in card.dataset,
    place: `1 ${card.dataset.time} ${String(place).padStart(4, "0")}`,
    card,
  };
}

function moreOf(day, number) {
  return { id: `more-${day}`, start: day, allDay: true, editable: false, place: "2", more: number };
}

function events() {
  const found = [];
  for (const bar of page.querySelectorAll("[data-campaign]")) {
    const { first, last } = bar.dataset;
    found.push({ start: first, end: addDays(last, 1), allDay: true, editable: false, url: bar.href, place: "0", bar });
  }
  for (const day of page.querySelectorAll("[data-agenda-day]")) {
    [...day.querySelectorAll("[data-post]")].forEach((card, at) => found.push(eventOf(card, at)));
    const hidden = Number(day.dataset.hidden);
    if (hidden) found.push(moreOf(day.dataset.agendaDay, hidden));
  }
  return found;
}

/** Opens a full day in its cell, and closes it again. */
async function toggle(event) {
  const day = event.startStr;
  const { more, opened } = event.extendedProps;
  if (opened) {
    for (const id of opened) calendar.getEventById(id)?.remove();
    event.setExtendedProp("opened", null);
    return;
  }
  const answer = await fetch(page.dataset.dayUrl.replace("0000-00-00", day), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) {
    showMessage(say(answer ? "not-done" : "no-connection"));
    return;
  }
  const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
  const added = [];
  [...piece.querySelectorAll("[data-post]")].forEach((card, at) => {
    if (calendar.getEventById(card.dataset.post)) return;
    const own = document.importNode(card, true);
    later.set(own.dataset.post, own);
    added.push(own.dataset.post);
    calendar.addEvent(eventOf(own, at));
  });
  event.setExtendedProp("opened", added);
  event.setExtendedProp("more", more);
}

function content({ event }) {
  const { card, bar, more, opened } = event.extendedProps;
  if (card ?? bar) return { domNodes: [...(card ?? bar).cloneNode(true).childNodes] };
  return opened ? sayThere("cal-fewer") : sayThere("cal-more", { number: more });
}

function classOf({ event }) {
  const { card, bar } = event.extendedProps;
  if (card) return `cal-event ${card.className}`;
  return bar ? "cal-event camp-bar" : "cal-event cell-more";
}

/** FullCalendar shows an event only once it has found its place. */
function focusSoon(el, tries) {
  el.focus({ preventScroll: true });
  if (document.activeElement !== el && tries) requestAnimationFrame(() => focusSoon(el, tries - 1));
}

function mounted({ event, el }) {
  const { card } = event.extendedProps;
  if (!card) return;
  el.dataset.card = card.dataset.post;
  el.dataset.cardDay = event.startStr;
  if (wanted === card.dataset.post) {
    wanted = "";
    // focus.js offers Undo when the page has come; who moves by keys goes on from the post.
    if (document.readyState === "complete") focusSoon(el, 30);
    else addEventListener("load", () => setTimeout(() => focusSoon(el, 30)));
  }
  el.title = card.querySelector(".post-words").textContent;
}

/** What is read out is what is seen: the date in its cell, with the day of the week. */
function unhide(el) {
  el.removeAttribute("aria-label");
  for (const hidden of el.querySelectorAll(":scope > div > [aria-hidden]")) hidden.removeAttribute("aria-hidden");
}

function hiddenWords(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text;
  return span;
}

function dayNumber(day) {
  const weekday = hiddenWords(`${dayWords(day, { weekday: "short" })} `);
  const seen = (options) => document.createTextNode(dayWords(day, options));
  const begins = day === page.dataset.first || day.endsWith("-01");
  if (begins) return [weekday, seen({ day: "numeric", month: "short" })];
  return [weekday, seen({ day: "numeric" }), hiddenWords(` ${dayWords(day, { month: "short" })}`)];
}

function dayMounted({ el }) {
  const day = el.dataset.date;
  if (!day) return;
  unhide(el);
  const { today, ownFirst, ownLast } = page.dataset;
  el.tabIndex = day === (today >= ownFirst && today <= ownLast ? today : ownFirst) ? 0 : -1;
  el.dataset.gridDay = day;
}

function dayClass({ date }) {
  const day = date.toISOString().slice(0, 10);
  const { ownFirst, ownLast, today } = page.dataset;
  const out = day < ownFirst || day > ownLast;
  return ["cal-day", out && "out", day === today && "today", day < today && "past"].filter(Boolean).join(" ");
}

function start() {
  const { first, last } = page.dataset;
  const grid = page.querySelector("[data-grid]");
  const isWeek = page.dataset.calendar === "week";
  calendar = new Calendar(grid, {
    plugins: [dayGridPlugin, interactionPlugin],
    initialView: "days",
    views: { days: { type: "dayGrid", visibleRange: { start: first, end: addDays(last, 1) } } },
    initialDate: first,
    firstDay: new Date(`${first}T00:00:00Z`).getUTCDay(),
    locale: document.documentElement.lang,
    timeZone: "UTC",
    headerToolbar: false,
    height: "auto",
    weekNumbers: true,
    weekNumberCalculation: "ISO",
    eventOrder: "place",
    eventOrderStrict: true,
    dayMaxEvents: false,
    displayEventTime: false,
    droppable: true,
    eventDurationEditable: false,
    events: events(),
    eventContent: content,
    eventClass: classOf,
    eventDidMount: mounted,
    eventClick: ({ event, jsEvent }) => {
      if (!event.extendedProps.more) return;
      jsEvent.preventDefault();
      toggle(event);
    },
    eventDrop: ({ event, revert }) => {
      if (!move(event.extendedProps.card, event.startStr)) revert();
    },
    drop: ({ dateStr, draggedEl }) => move(draggedEl, dateStr),
    dateClick: ({ dateStr }) => {
      page.dispatchEvent(new CustomEvent("calendar:add", { detail: dateStr }));
    },
    dayCellDidMount: dayMounted,
    dayCellClass: dayClass,
    dayCellTopClass: "day-no",
    dayCellTopContent: ({ date }) => ({ domNodes: dayNumber(date.toISOString().slice(0, 10)) }),
    dayHeaderDidMount: ({ el }) => unhide(el),
    dayHeaderInnerClass: ({ date }) => (isWeek && date.toISOString().slice(0, 10) === page.dataset.today ? "cal-dow is-today" : "cal-dow"),
    dayHeaderContent: ({ date }) => dayWords(date.toISOString().slice(0, 10), isWeek ? undefined : { weekday: "short" }),
    dayHeaderRowClass: "cal-head-row",
    dayRowClass: "cal-row",
    inlineWeekNumberClass: "wk",
    inlineWeekNumberContent: ({ num }) => String(num),
    className: `cal-fc ${isWeek ? "is-week" : "is-month"}`,
  });
  calendar.render();
  const ideas = page.querySelector("[data-ideas]");
  if (ideas && document.querySelector("[data-move-form]")) {
    for (const card of ideas.querySelectorAll("[data-post]")) card.draggable = false;
    new Draggable(ideas, { itemSelector: "[data-post][data-can-move]", eventData: { create: false } });
  }
}

function whenWide() {
  if (wide.matches && !calendar) start();
}

if (page) {
  whenWide();
  wide.addEventListener("change", whenWide);
  keepPlace();
}
