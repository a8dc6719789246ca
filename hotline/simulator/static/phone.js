/* The telephone in the browser: shows and speaks what the exchange plays, and sends what a person does. */
"use strict";

const at = (id) => document.getElementById(id);
const calls = at("call").dataset.url;
const texts = at("text").dataset.url;
const keys = [...document.querySelectorAll("#keypad button")];
const Recogniser = window.SpeechRecognition || window.webkitSpeechRecognition;
const voice = window.speechSynthesis;

let call = null; // the id of the call that goes on
let listening = null;
let speaking = false;
let uninterruptible = false;
let busy = false;
let waiting = []; // keys pressed while an answer is on its way
let playing = 0; // rises with every new round of sounds; an older one then stops
let silenceAt = null;
let phone = null; // the id of the text phone
let recogniser = null;

function add(where, words, kind) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = words;
  at(where).append(line);
  at(where).scrollTop = at(where).scrollHeight;
}

async function post(url, content) {
  const answer = await fetch(url, {
    method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const explain = (error) => error.message === "404"
  ? "Dit gesprek bestaat niet meer. Bel opnieuw."
  : "Geen antwoord van het systeem. Probeer het opnieuw.";

/* ---- the call ---- */

async function act(path, content, shown) {
  if (busy) return;
  busy = true;
  stopTimer();
  hush();
  if (shown) add("heard", shown, "me");
  try {
    const answer = await post(path ? `${calls}/${call}/${path}` : calls, content);
    call = answer.over ? null : answer.call;
    listening = answer.listening;
    at("call-twiml").textContent = answer.twiml || "Geen antwoord.";
    at("pressed").textContent = listening ? listening.pressed : "";
    for (const alert of answer.alerts) add("heard", `Twilio weigert: ${alert}`, "problem");
    if (answer.problem) add("heard", answer.problem, "problem");
    busy = false;
    show(answer.parked);
    await play(answer.sounds);
    if (answer.over) add("heard", "Het gesprek is voorbij.", "me");
  } catch (error) {
    if (error.message === "404") { call = null; listening = null; }
    add("heard", explain(error), "problem");
  }
  busy = false;
  show();
  nextKeys();
}

function nextKeys() {
  if (!call || !listening) { waiting = []; return; }
  if (waiting.length && !busy) press(waiting.shift());
}

function press(key) {
  if (!call) return;
  if (busy) { waiting.push(key); return; }
  if (!listening || !listening.keys) return;
  act("keys", { keys: key, duringPrompt: speaking && uninterruptible }, `Toets ${key}`);
}

function show(parked) {
  const on = call !== null;
  at("dial").disabled = on || busy;
  at("hang-up").disabled = !on;
  at("withheld").disabled = on;
  at("line").disabled = on;
  for (const key of keys) key.disabled = !on;
  const hears = on && listening !== null && listening.speech;
  for (const id of ["words", "say", "microphone"]) at(id).disabled = !hears;
  at("silence").disabled = !on || (listening === null && !parked);
  if (!on) at("state").textContent = "Niet verbonden";
  else if (speaking) at("state").textContent = "De lijn spreekt…";
  else if (parked) at("state").textContent = "In de wacht";
  else if (listening) {
    const how = [listening.keys && "toetsen", listening.speech && "spraak"].filter(Boolean).join(" en ");
    at("state").textContent = `De lijn luistert: ${how}`;
  } else at("state").textContent = "Verbonden";
}

/* ---- sound ---- */

function hush() {
  playing += 1;
  speaking = false;
  if (voice) voice.cancel();
}

const isMute = () => !voice || !voice.getVoices().length || at("mute").getAttribute("aria-pressed") === "true";

function utter(sound) {
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(sound.text);
    words.lang = sound.language;
    const own = voice.getVoices().find((one) => one.lang.replace("_", "-") === sound.language);
    if (own) words.voice = own;
    // A browser without a voice may never say that it is done.
    const limit = setTimeout(done, 2000 + sound.text.length * 120);
    words.onend = words.onerror = () => { clearTimeout(limit); done(); };
    voice.speak(words);
  });
}

async function play(sounds) {
  const round = (playing += 1);
  for (const sound of sounds) {
    if (sound.kind === "say") add("heard", sound.text, "them");
    if (sound.kind === "play") add("heard", `Geluid: ${sound.text}`, "them");
  }
  let reading = 0; // milliseconds that the sentences would take, where no voice speaks them
  const spoken = sounds.filter((sound) => sound.kind === "say");
  if (spoken.length && !isMute()) {
    speaking = true;
    show();
    for (const sound of spoken) {
      uninterruptible = !sound.interruptible;
      if (round === playing && !isMute()) await utter(sound);
    }
  }
  else reading = spoken.reduce((sum, sound) => sum + sound.text.length * 65, 0);
  if (round !== playing) return;
  speaking = false;
  uninterruptible = false;
  startTimer(reading);
}

function startTimer(extra = 0) {
  stopTimer();
  if (call && listening && at("timer").checked) {
    silenceAt = setTimeout(() => act("silence", {}, "(stilte)"), listening.timeout * 1000 + extra);
  }
}

function stopTimer() {
  clearTimeout(silenceAt);
  silenceAt = null;
}

/* ---- the microphone, where the browser has a recogniser of its own ---- */

function listen() {
  if (recogniser) { recogniser.stop(); return; }
  stopTimer();
  hush();
  recogniser = new Recogniser();
  recogniser.lang = listening ? listening.language : "nl-NL";
  recogniser.onresult = (event) => {
    const best = event.results[0][0];
    act("speech", { words: best.transcript, confidence: best.confidence || 0.9 }, `U: ${best.transcript}`);
  };
  recogniser.onerror = () => add("heard", "De microfoon verstond u niet. Typ wat u zegt.", "problem");
  recogniser.onend = () => { recogniser = null; at("microphone").setAttribute("aria-pressed", "false"); };
  at("microphone").setAttribute("aria-pressed", "true");
  recogniser.start();
}

/* ---- what a person does ---- */

at("dial").addEventListener("click", () => {
  at("heard").replaceChildren();
  waiting = [];
  act("", { withheld: at("withheld").checked, line: at("line").value }, "U belt.");
});
at("hang-up").addEventListener("click", () => { waiting = []; act("end", {}, "U hangt op."); });
at("silence").addEventListener("click", () => act("silence", {}, "(stilte)"));
at("mute").addEventListener("click", () => {
  const mute = at("mute").getAttribute("aria-pressed") !== "true";
  at("mute").setAttribute("aria-pressed", String(mute));
  if (mute && voice) voice.cancel();
});
at("timer").addEventListener("change", () => { if (at("timer").checked && !speaking) startTimer(); else stopTimer(); });
for (const key of keys) key.addEventListener("click", () => press(key.dataset.key));
at("words").addEventListener("input", stopTimer);
at("speech").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = at("words").value.trim();
  if (!words || busy) return;
  at("words").value = "";
  act("speech", { words }, `U: ${words}`);
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !call) return;
  if (/^[0-9*#]$/.test(event.key)) { event.preventDefault(); press(event.key); }
});
if (Recogniser) {
  at("microphone").hidden = false;
  at("microphone").addEventListener("click", listen);
}
if (voice) voice.getVoices(); // asks the browser to load them
else at("mute").hidden = true;
window.addEventListener("pagehide", () => {
  if (!call) return;
  fetch(`${calls}/${call}/end`, {
    method: "POST", keepalive: true, credentials: "omit", headers: { "Content-Type": "application/json" }, body: "{}",
  });
});

/* ---- the text phone ---- */

let lastText = Promise.resolve();

function text(words) {
  at("text-empty")?.remove();
  add("bubbles", words, "me");
  // One text after the other: a phone sends them in the order in which they were typed.
  lastText = lastText.then(async () => {
    try {
      const answer = await post(texts, { phone, words, line: at("line").value });
      phone = answer.phone;
      at("text-twiml").textContent = answer.twiml || "Geen antwoord.";
      for (const reply of answer.replies) add("bubbles", reply, "them");
      for (const alert of answer.alerts) add("bubbles", `Twilio weigert: ${alert}`, "problem");
      if (answer.problem) add("bubbles", answer.problem, "problem");
    } catch (error) {
      add("bubbles", explain(error), "problem");
    }
  });
}

at("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = at("body").value.trim();
  if (!words) return;
  at("body").value = "";
  text(words);
});
at("body").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); at("compose").requestSubmit(); }
});
function takeNewPhone() {
  phone = null;
  at("bubbles").replaceChildren();
  add("bubbles", "Een andere telefoon. Stuur een bericht om te beginnen.", "empty");
}

at("new-phone").addEventListener("click", takeNewPhone);

function chooseLine() {
  const chosen = at("line").selectedOptions[0].dataset;
  at("voice-number").textContent = chosen.voice;
  at("sms-number").textContent = chosen.sms;
}

at("line").addEventListener("change", () => { chooseLine(); takeNewPhone(); });
chooseLine();
show();
