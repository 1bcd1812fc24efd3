// Days as text, 2026-11-24; counted in UTC, so that no clock change ever shifts one.

export function addDays(day, number) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + number);
  return date.toISOString().slice(0, 10);
}

// As the server writes them: “24 Nov”.
const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

export function dayWords(day, options = { weekday: "short", day: "numeric", month: "short" }) {
  const date = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat(LANGUAGE, { ...options, timeZone: "UTC" }).format(date);
}
