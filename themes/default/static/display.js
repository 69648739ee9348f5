// Light or dark as the reader chose, else as the system says. Runs before anything is drawn, so that nothing flashes.
(() => {
  "use strict";
  const key = "okrsite-display";
  const root = document.documentElement;
  const chosen = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is closed to this page
    }
  };
  const keep = (value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // then the choice holds for this page only
    }
  };
  const show = (value) => {
    if (value === "light" || value === "dark") root.dataset.display = value;
    else delete root.dataset.display;
  };
  show(chosen());
  addEventListener("storage", (event) => event.key === key && show(event.newValue));
  // A key that a link of the navigation bears leads there, unless the reader is writing.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const link = [...document.querySelectorAll("a[aria-keyshortcuts]")].find((a) => a.ariaKeyShortcuts === event.key);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("display");
    if (!choice) return;
    choice.hidden = false;
    for (const option of choice.querySelectorAll("input")) {
      option.checked = option.value === (root.dataset.display ?? "system");
      option.addEventListener("change", () => {
        keep(option.value);
        show(option.value);
      });
    }
  });
})();
