// How much waits and how many notices are new, beside Today and the bell: asked for when a page has
// opened, once a minute while it is looked at, and when one comes back to it.
// Reads: <body data-numbers-url>; replaces #todo-number and #bell-number.

const url = document.body.dataset.numbersUrl;
let askedAt = 0;

async function refresh() {
  if (document.hidden) return;
  askedAt = Date.now();
  let answer;
  try {
    answer = await fetch(url, { headers: { Accept: "text/html" } });
  } catch {
    return; // offline: the numbers stay as they are
  }
  if (!answer.ok || answer.redirected) return; // signed out meanwhile: the next page says so
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["todo-number", "bell-number"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
}

if (url) {
  refresh();
  setInterval(refresh, 60_000);
  document.addEventListener("visibilitychange", () => {
    if (Date.now() - askedAt > 10_000) refresh();
  });
}
