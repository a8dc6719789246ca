// Counts the characters that are left in a text area. The page works without this file.
(() => {
  "use strict";
  for (const area of document.querySelectorAll("textarea[data-counter]")) {
    const note = document.getElementById(area.dataset.counter);
    const count = () => {
      note.textContent = `Nog ${area.maxLength - area.value.length} tekens.`;
    };
    area.addEventListener("input", count);
    count();
  }
})();
