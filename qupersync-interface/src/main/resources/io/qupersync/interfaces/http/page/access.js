// What every view has: the word on the connection, messages, and the dialog that asks for a token.

import { token } from "./api.js";
import { el, setAttribute, setContent, setText } from "./dom.js";
import { clock, freeze, time } from "./times.js";

const needsToken = document.documentElement.dataset.access === "tokens";
const PULSE = { connecting: "Connecting …", live: "Live", polling: "No live updates", lost: "Connection lost", locked: "Locked", away: "Database away" };

const pulse = document.getElementById("pulse");
const lost = document.getElementById("lost");
const databases = document.getElementById("databases");
const messages = document.getElementById("messages");
const spoken = document.getElementById("spoken");

let lostAt = null;

/** Says how old what is shown is and whether both databases are there; marks it as past once nothing new comes. */
export function tellConnection({ kind, at, why, databases: told }) {
  const [word, age] = pulse.children;
  setAttribute(pulse, "data-state", kind);
  setText(word, PULSE[kind]);
  setContent(age, ...(kind === "polling" ? ["as of ", time(new Date(at).toISOString())] : []));
  const isPast = kind === "lost" || kind === "away" || (kind === "locked" && at !== null);
  const isCut = isPast && kind !== "away";
  tellDatabases(told);
  if (!isCut && away(told).length > 0) {
    lostAt = null;
    const past = isPast ? [el("p", {}, "What is shown was true at ", time(new Date(at).toISOString()), " and may not be any more.")] : [];
    setContent(lost.firstElementChild, ...away(told).map(awayLine), ...past);
  } else if (isCut) {
    lostAt ??= new Date().toISOString();
    const known = at === null ? "Nothing is known yet." : `What is shown was true at ${clock(at)} and may not be any more.`;
    setContent(lost.firstElementChild, el("strong", {}, `${whatIsLost(kind, why)} since ${clock(lostAt)}. `), known, why.status === 0 ? " Trying again every few seconds." : ` ${why.message}`);
  } else {
    lostAt = null;
  }
  lost.hidden = !isCut && away(told).length === 0;
  document.getElementById("locked").hidden = kind !== "locked" || isPast;
  document.body.classList.toggle("stale", isPast);
  freeze(isPast);
}

const away = (told) => (told ? [told.source, told.target].filter((database) => database.state === "away") : []);

function awayLine(database) {
  return el("p", {}, el("strong", {}, `${database.name} is away since `, time(database.since), "."), ` ${database.detail ?? ""}`);
}

function tellDatabases(told) {
  if (told) {
    const words = [told.source, told.target].map((database) =>
      el("span", { class: "database", "data-state": database.state, title: [database.name, database.detail].filter(Boolean).join(": ") }, database.name.split(" at ")[0], el("span", { class: "word" }, ` ${database.state}`)));
    setContent(databases, ...words);
  }
}

function whatIsLost(kind, why) {
  if (kind === "locked") {
    return "The token has not been accepted";
  }
  return why.status === 0 ? "Connection lost" : "The service cannot say how things stand";
}

/** A message that stays until it is closed or the next one comes. */
export function tell(text, { kind = "done", more = [] } = {}) {
  const close = el("button", { type: "button", class: "plain", onclick: () => messages.replaceChildren() }, "Close");
  messages.replaceChildren(
    el("div", { class: "message", "data-kind": kind, role: kind === "error" ? "alert" : "status" }, el("span", {}, text), el("span", { class: "end" }, ...more, close)),
  );
}

/** For screen readers alone: what others see move. */
export function speak(text) {
  setText(spoken, text);
}

/** Says why something was refused, and offers what helps. */
export function tellProblem(what, problem) {
  if (problem.status === 401) {
    askForToken(`${what}: this token is not known, or none was given.`);
  } else if (problem.status === 403) {
    const other = el("button", { type: "button", class: "plain", onclick: () => askForToken() }, "Use another token");
    tell(`${what} is for operators: this token may only read.`, { kind: "error", more: [other] });
  } else if (problem.run !== undefined) {
    tell(`${what}: ${problem.message}`, { kind: "error" });
  } else {
    tell(`${what} did not work. ${problem.message}`, { kind: "error" });
  }
}

let whenChanged = () => {};
let asking = null;

/** Shows the token's buttons where the server has tokens; `changed` is called when there is another one. */
export function startAccess(changed) {
  whenChanged = changed;
  const button = document.getElementById("token");
  button.hidden = !needsToken;
  button.addEventListener("click", () => askForToken());
}

export function mustAsk() {
  return needsToken && !token.get();
}

export function askForToken(problem = "") {
  if (asking) {
    setText(asking.querySelector(".wrong"), problem);
    return;
  }
  const field = el("input", { id: "token-field", type: "password", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "token-wrong" });
  const forget = el("button", { type: "button", class: "apart", onclick: () => end(null) }, "Forget the token");
  const form = el(
    "form",
    { method: "dialog", onsubmit: (event) => { event.preventDefault(); end(field.value.trim()); } },
    el("div", {}, el("h2", { id: "token-title" }, "Token"), el("p", {}, "Reading needs a viewer's token; starting and changing runs needs an operator's. It is kept in this tab until the tab is closed.")),
    el("div", { class: "field" }, el("label", { for: "token-field" }, "Token"), field, el("p", { class: "wrong", id: "token-wrong", role: "alert" }, problem)),
    el("div", { class: "ends" }, token.get() ? forget : null, el("button", { type: "button", onclick: () => asking.close() }, "Not now"), el("button", { class: "primary" }, "Use it")),
  );
  asking = el("dialog", { "aria-labelledby": "token-title", onclose: () => { asking.remove(); asking = null; } }, form);
  document.body.append(asking);
  asking.showModal();
}

function end(value) {
  if (value === null) {
    token.forget();
  } else if (value) {
    token.set(value);
  }
  asking.close();
  messages.replaceChildren();
  whenChanged();
}
