// One line of each of the three answers above the table.

import { el, setContent, setText } from "./dom.js";
import { health, jobLink, nextRun, progressInWords } from "./states.js";
import { setTime, time } from "./times.js";

/** A job that needs someone, and why. */
export function attentionLine(job) {
  const state = el("span", { class: "side" });
  const why = el("p", { class: "why" });
  const line = el("li", {}, el("div", { class: "line" }, jobLink(job.id), state), why);
  line.show = (now) => {
    setContent(state, health(now), now.running ? ", running again" : null);
    setText(why, now.reason ?? now.last_run?.error ?? "");
  };
  return line;
}

/** A run under way, and how far it is. */
export function runningLine(job) {
  const far = el("span", { class: "side" });
  const since = time(job.running.started_at, "since");
  const line = el("li", {}, el("div", { class: "line" }, jobLink(job.id), far), el("span", { class: "bar", "aria-hidden": "true" }), el("span", { class: "side" }, "for ", since));
  line.show = (now) => {
    setText(far, progressInWords(now.running));
    setTime(since, now.running.started_at);
  };
  return line;
}

/** A run to come. */
export function nextLine(job) {
  const when = el("span", { class: "side" });
  const line = el("li", {}, el("div", { class: "line" }, jobLink(job.id), when));
  line.show = (now) => setContent(when, nextRun(now));
  return line;
}
