// The token of the cookie goes with every form, so that a page that was open while the person
// signed in again in another tab can still be sent.
// Reads: the cookie csrftoken (or __Host-csrf); writes every input[name=csrfmiddlewaretoken].

export function csrfToken(form = document) {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/);
  return cookie?.[1] ?? form.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

document.addEventListener(
  "submit",
  (event) => {
    const field = event.target.querySelector?.("input[name=csrfmiddlewaretoken]");
    if (field) field.value = csrfToken(event.target);
  },
  true,
);
