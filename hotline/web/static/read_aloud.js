// Reads a report aloud with a voice that lives in this computer: a voice from the network would send the words away.
(() => {
  "use strict";
  const button = document.getElementById("read-aloud");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;

  const voice = () => speech.getVoices().find((one) => one.localService && /^nl\b/i.test(one.lang));
  const show = () => {
    button.parentElement.hidden = !voice();
  };
  const mark = (isReading) => {
    button.setAttribute("aria-pressed", String(isReading));
    button.textContent = isReading ? "Stop voorlezen" : "Lees voor";
  };
  const words = () =>
    [...document.querySelectorAll("[data-read] dt, [data-read] dd, p[data-read]")].map((one) => one.textContent.trim());

  button.addEventListener("click", () => {
    const wasReading = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    mark(false);
    const chosen = voice();
    if (wasReading || !chosen) return;
    const said = new SpeechSynthesisUtterance(words().join(". "));
    said.voice = chosen;
    said.lang = chosen.lang;
    said.addEventListener("end", () => mark(false));
    said.addEventListener("error", () => mark(false));
    mark(true);
    speech.speak(said);
  });
  speech.addEventListener("voiceschanged", show);
  window.addEventListener("pagehide", () => speech.cancel());
  show();
})();
