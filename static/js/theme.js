// Sets light or dark before the first paint. Runs blocking in <head>, so it stays this small.
// Stored choice: localStorage["theme"] = "light" | "dark"; nothing stored = as the device.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("theme");
  } catch {
    // storage switched off: as the device
  }
  const dark = choice ? choice === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
})();
