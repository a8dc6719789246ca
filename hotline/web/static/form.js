// What a script adds to the residents' form: its puzzle is solved while somebody types, each page takes the place of the
// one before, so that the browser's history holds a single entry, and leaving quickly replaces that one too.
"use strict";

const LONGEST_WAIT = 8000;

function solve({ puzzle, bits, worker }) {
  return new Promise((done) => {
    const solver = new Worker(worker);
    solver.onmessage = ({ data }) => done(data);
    solver.onerror = () => done("");
    solver.postMessage({ challenge: puzzle, bits: Number(bits) });
  });
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(() => done(""), milliseconds));
}

async function fetchPage(form, fields) {
  const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "omit", cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("#main")) throw new Error("not our page");
  return page;
}

function show(page) {
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(page.body);
  begin();
  scrollTo(0, 0);
  document.querySelector("[autofocus]")?.focus({ preventScroll: true });
}

function begin() {
  const leave = document.querySelector("[data-leave]");
  leave?.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(leave.href);
  });
  for (const link of document.querySelectorAll("[data-replace]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.href);
    });
  }
  const form = document.querySelector("[data-form]");
  if (form) watch(form);
}

function watch(form) {
  const solved = form.dataset.puzzle ? solve(form.dataset) : Promise.resolve("");
  const offline = form.querySelector("[data-offline]");
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const button = event.submitter ?? form.querySelector("[type=submit]");
    const label = button.textContent;
    button.textContent = form.dataset.wait;
    offline.hidden = true;
    const fields = new URLSearchParams(new FormData(form));
    if (button.name) fields.set(button.name, button.value);
    const proof = await Promise.race([solved, pause(LONGEST_WAIT)]);
    if (proof) fields.set("proof", proof);
    try {
      show(await fetchPage(form, fields));
    } catch {
      button.textContent = label;
      offline.hidden = false;
      isSending = false;
    }
  });
}

begin();
