// A choice that fills other fields of its form: a key message its audiences and objective, a theme
// its category. A field that a person has filled or changed stays as it is. The server does the same
// when the form is saved (content_calendar/forms/post.py).
// Reads: select[data-fills] = {"<value>": {"<field>": ["<value>", …]}}.
import { controls, fill, typed } from "./fields.js";
import { onNew } from "./on_new.js";

const same = (one, other) => JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
const isEmpty = (values) => values.every((value) => value === "");

onNew("select[data-fills]", (select) => {
  const filled = {};
  select.addEventListener("change", () => {
    const { form } = select;
    const now = typed(form);
    const wanted = JSON.parse(select.dataset.fills)[select.value] ?? {};
    for (const [name, values] of Object.entries(wanted)) {
      const stands = now[name] ?? [];
      if (!isEmpty(stands) && !(filled[name] && same(stands, filled[name]))) continue;
      if (isEmpty(values) || !controls(form).some((control) => control.name === name)) continue;
      filled[name] = values;
      fill(form, { ...now, ...filled });
      now[name] = values;
    }
  });
});
