// The keyboard of the desk, and what live updates need beside htmx. Pages work without this file.
(() => {
  "use strict";

  const typing = (element) => Boolean(element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select"));
  const shown = (element) => !element.disabled && element.getClientRects().length > 0;
  const rows = () => [...document.querySelectorAll("[data-row]")].filter(shown);
  const rowOf = (element) => rows().findIndex((row) => row === element || row.contains(element));

  // ---- keys ------------------------------------------------------------------------------

  function nameOf(event) {
    const key = event.key.toLowerCase();
    return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key;
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const here = rowOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all[next].focus();
  }

  function press(name, attribute) {
    const near = document.activeElement.closest?.("[data-row]");
    const find = (where) => [...(where?.querySelectorAll(`[${attribute}="${CSS.escape(name)}"]`) ?? [])].find(shown);
    const control = find(near) ?? find(document);
    if (!control) return false;
    if (control.tagName === "SUMMARY") {
      control.parentElement.open = true;
      control.parentElement.querySelector("input:not([type=hidden]), textarea")?.focus();
    } else {
      control.click();
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const name = nameOf(event);
    if (event.ctrlKey || event.metaKey) {
      if (press(name, "data-key-typing")) event.preventDefault();
      return;
    }
    if (name === "escape") {
      if (typing(event.target)) event.target.blur();
      else if (document.querySelector("details[open]")?.contains(event.target)) closeDetails(event.target);
      else press(name, "data-key");
      return;
    }
    if (typing(event.target) || document.body.dataset.keys === "off") return;
    const acts = {
      j: () => move(1), arrowdown: () => move(1), k: () => move(-1), arrowup: () => move(-1),
      e: () => edit(), "?": () => document.getElementById("keys")?.showModal(),
    };
    const arrow = name.startsWith("arrow");
    if (arrow && !rows().length) return;
    if (arrow && event.target.matches("input[type=radio]")) return;
    if (acts[name]) {
      event.preventDefault();
      acts[name]();
    } else if (name.length === 1 && press(name, "data-key")) {
      event.preventDefault();
    }
  });

  function edit() {
    const near = document.activeElement.closest?.("[data-row]");
    (near?.querySelector("textarea") ?? document.querySelector("[data-first]"))?.focus();
  }

  function closeDetails(inside) {
    const details = inside.closest("details");
    details.open = false;
    details.querySelector("summary").focus();
  }

  // One act, one request: a second press while the first is under way would meet its own new version.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.id === "lease") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // ---- live updates ----------------------------------------------------------------------

  const offline = document.getElementById("offline");
  const loggedOut = document.getElementById("logged-out");
  const live = document.getElementById("live");
  const title = document.title.replace(/^\(.*?\) /, "");
  let place = -1;

  document.addEventListener("htmx:before:swap", () => { place = rowOf(document.activeElement); });
  document.addEventListener("htmx:after:swap", () => {
    if (place >= 0 && document.activeElement === document.body) {
      const all = rows();
      all[Math.min(place, all.length - 1)]?.focus();
    }
    tell();
    fillIn();
  });
  document.addEventListener("htmx:after:request", (event) => {
    const status = event.detail.ctx?.response?.status ?? 0;
    if (!status) return;
    offline.hidden = status < 500;
    loggedOut.hidden = status !== 401;
    // a report that was taken out of one's sight must not stay on the screen
    if (status === 404 && live?.dataset.live === "report") window.location.assign("/desk");
  });
  document.addEventListener("htmx:error", (event) => {
    const status = event.detail.ctx?.response?.status ?? 0;
    if (status === 0 || status >= 500) offline.hidden = false;
  });

  function tell() {
    const facts = document.getElementById("facts");
    if (!facts) return;
    const { count, urgent, view } = facts.dataset;
    if (view === "open") document.title = `(${urgent === "0" ? "" : "P0! "}${count}) ${title}`;
    const open = document.getElementById("count-open");
    if (open) open.textContent = count;
  }

  // What is told while the page is open fills every field that the operator has not touched.
  function fillIn() {
    if (live?.dataset.live !== "report") return;
    const told = {};
    for (const answer of document.querySelectorAll("[data-name]")) told[answer.dataset.name] = answer.dataset.value;
    const text = [told.what, told.more].filter(Boolean).join("\n");
    if (text) told.text = text;
    const seen = Number(document.querySelector("input[name=seen]")?.value ?? -1);
    if (Number(document.getElementById("state")?.dataset.turns ?? -1) <= seen) return;
    for (const field of document.querySelectorAll("#report [data-answer]")) {
      const value = told[field.name];
      if (value && field.value === field.dataset.answer && field !== document.activeElement) {
        field.value = value;
        field.dataset.answer = field.value;
      }
    }
    route();
  }

  // ---- the form --------------------------------------------------------------------------

  function route() {
    const chosen = document.getElementById("category")?.selectedOptions?.[0];
    const line = document.getElementById("route");
    if (!chosen || !line) return;
    line.textContent = chosen.value ? chosen.dataset.to || "niemand: voor deze soort is geen partner ingesteld" : "nog niemand, kies eerst de soort";
  }

  document.getElementById("category")?.addEventListener("change", route);
  document.addEventListener("visibilitychange", () => {
    const form = document.getElementById("report");
    if (form && document.visibilityState === "hidden" && !form.dataset.sent) window.htmx?.trigger(form, "flush");
  });
  document.querySelector("[data-focus]")?.focus();
})();
