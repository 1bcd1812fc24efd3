// Text that the server does not have yet, kept in this browser.
//
// localStorage["kept|<user>|<form>"] = {revision, fields: {name: [values]}, pass, at, sent}
// <user> is <body data-user>; text of another user is removed as soon as a page of this user opens,
// and all of it at sign-out. Passwords, files, hidden fields and tokens are never kept.

const PREFIX = "kept|";
const user = document.body.dataset.user ?? "";
let closed = false;

function each(act) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) act(key);
  }
}

export function keyOf(form) {
  const path = new URL(form.dataset.saveUrl || form.getAttribute("action") || location.href, location.href).pathname;
  return `${PREFIX}${user}|${path}|${form.dataset.keepKey ?? ""}`;
}

/** Keep; false when this browser cannot. */
export function keep(key, entry) {
  if (closed || !user || !isStillMine()) return false;
  try {
    localStorage.setItem(key, JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function kept(key) {
  try {
    const entry = JSON.parse(localStorage.getItem(key));
    return entry && typeof entry.fields === "object" ? entry : null;
  } catch {
    return null;
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept either
  }
}

/** The kept entries of forms below the path ``base``: [{key, path, formKey, entry}], newest first. */
export function keptBelow(base) {
  const found = [];
  each((key) => {
    const [, owner, path, formKey] = key.split("|");
    const entry = kept(key);
    if (owner === user && path.startsWith(base) && entry && !entry.sent && !key.endsWith("|older")) found.push({ key, path, formKey, entry });
  });
  return found.sort((one, other) => other.entry.at - one.entry.at);
}

/** Whether this page still belongs to the person who is signed in, as far as this browser knows. */
export function isStillMine() {
  try {
    return (localStorage.getItem("who") ?? user) === user;
  } catch {
    return true;
  }
}

export function forgetAll() {
  closed = true;
  try {
    each(drop);
    localStorage.removeItem("who");
  } catch {
    // storage is switched off: nothing was kept
  }
}

function welcome() {
  if (!user) return;
  localStorage.setItem("who", user);
  each((key) => {
    if (!key.startsWith(`${PREFIX}${user}|`)) drop(key);
  });
}

/** What was sent by a plain form: gone when the next page shows that it arrived, else still kept. */
function settle() {
  const arrived =
    user &&
    document.body.dataset.failed === undefined &&
    performance.getEntriesByType("navigation")[0]?.type !== "back_forward" &&
    document.referrer.startsWith(`${location.origin}/`);
  each((key) => {
    const entry = kept(key);
    if (!entry?.sent) return;
    if (arrived && !document.querySelector("[data-error-summary], .is-invalid, [data-conflict]")) drop(key);
    // Not by keep(): the sign-in page belongs to nobody, and must not leave it for arrived.
    else localStorage.setItem(key, JSON.stringify({ ...entry, sent: false }));
  });
}

try {
  welcome();
  settle();
} catch {
  // storage is switched off: nothing is kept, and the person is warned before leaving
}
