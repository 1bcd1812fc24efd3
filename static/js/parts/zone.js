// A time zone that nobody has chosen yet begins at this browser's own.
// Reads: [data-guess-zone], a select or a hidden field; [data-zone-taken] says which one a hidden field
// took, in its [data-zone-name].

// Names that browsers still say, and the list no longer has.
const RENAMED = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Louisville": "America/Kentucky/Louisville",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Etc/GMT": "UTC",
  "Etc/UTC": "UTC",
  "Europe/Kiev": "Europe/Kyiv",
  "GMT": "UTC",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};
const said = Intl.DateTimeFormat().resolvedOptions().timeZone;
const own = RENAMED[said] ?? said;
for (const field of document.querySelectorAll("[data-guess-zone]")) {
  if (!field.options || [...field.options].some((option) => option.value === own)) field.value = own;
}
for (const sentence of document.querySelectorAll("[data-zone-taken]")) {
  sentence.querySelector("[data-zone-name]").textContent = own.replaceAll("_", " ");
  sentence.hidden = !own;
}
