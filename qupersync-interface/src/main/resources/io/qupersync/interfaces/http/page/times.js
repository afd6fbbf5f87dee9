// Numbers and times as people read them: times in the reader's zone, with UTC on hover.

import { el, setText } from "./dom.js";

const NUMBERS = new Intl.NumberFormat("en");
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

// How far this machine's clock is behind the server's: ages are told by the server's clock.
let behind = 0;
let frozenAt = null;

export function count(number) {
  return number === null || number === undefined ? "–" : NUMBERS.format(Math.round(number));
}

export function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: the two largest units that say something. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return "–";
  }
  if (seconds < 9.95) {
    return `${Math.max(0, seconds).toFixed(1)}\u00a0s`;
  }
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 86400), "d"], [Math.floor(whole / 3600) % 24, "h"], [Math.floor(whole / 60) % 60, "min"], [whole % 60, "s"]];
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts.slice(first, first + 2).filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}\u00a0${unit}`).join(" ");
}

export function serverNow() {
  return frozenAt ?? Date.now() + behind;
}

/** Takes the server's clock from an answer's Date header, which has whole seconds only. */
export function learnClock(dateHeader) {
  const told = Date.parse(dateHeader ?? "");
  if (!Number.isNaN(told)) {
    const off = told + 500 - Date.now();
    behind = Math.abs(off) < 1500 ? 0 : off;
  }
}

/** Stops ages from growing on: while the connection is lost, "3 min ago" would be a claim nobody checked. */
export function freeze(isFrozen) {
  frozenAt = isFrozen ? frozenAt ?? Date.now() + behind : null;
  tick();
}

/** `03:12:04` today, else with the day. */
export function clock(instant) {
  const date = new Date(instant);
  const now = new Date(serverNow());
  const time = CLOCK.format(date);
  if (date.toDateString() === now.toDateString()) {
    return time;
  }
  return `${(date.getFullYear() === now.getFullYear() ? DAY : YEAR).format(date)}, ${time}`;
}

function relative(instant) {
  const seconds = (serverNow() - Date.parse(instant)) / 1000;
  const size = Math.abs(seconds);
  if (size < 1.5) {
    return "now";
  }
  const span = size < 100 ? `${Math.round(size)} s` : size < 5400 ? `${Math.round(size / 60)} min` : size < 172800 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86400)} d`;
  return seconds > 0 ? `${span} ago` : `in ${span}`;
}

/** A run that is due waits for a free place, or for the scheduler: that it is past is worth saying after a while only. */
function due(instant) {
  const seconds = (serverNow() - Date.parse(instant)) / 1000;
  return seconds < -1.5 ? relative(instant) : seconds < 30 ? "due now" : `due since ${clock(instant)}`;
}

function text(node) {
  const instant = node.getAttribute("datetime");
  switch (node.dataset.as) {
    case "ago": return frozenAt ? clock(instant) : relative(instant);
    case "due": return frozenAt ? clock(instant) : due(instant);
    case "since": return frozenAt ? `since ${clock(instant)}` : duration((serverNow() - Date.parse(instant)) / 1000).replace(/\.\d(?=\u00a0s$)/, "");
    default: return clock(instant);
  }
}

function title(instant) {
  const date = new Date(instant);
  return `${YEAR.format(date)}, ${CLOCK.format(date)} ${ZONE}\n${date.toISOString().replace("T", " ").replace(/\.\d+Z$/, "")} UTC`;
}

/** A time: `as` is "clock" (03:12:04), "ago" (3 min ago), "due" (in 2 min) or "since" (how long it has been going on). */
export function time(instant, as = "clock") {
  const node = el("time", { "data-as": as });
  setTime(node, instant);
  return node;
}

export function setTime(node, instant) {
  if (node.getAttribute("datetime") !== instant || !node.title) {
    node.setAttribute("datetime", instant);
    node.title = title(instant);
  }
  setText(node, text(node));
}

/** Every time in the document reads right, those the server wrote too. */
export function tick() {
  document.querySelectorAll("time[datetime]").forEach((node) => setTime(node, node.getAttribute("datetime")));
}

export function startTicking() {
  tick();
  setInterval(tick, 1000);
}
