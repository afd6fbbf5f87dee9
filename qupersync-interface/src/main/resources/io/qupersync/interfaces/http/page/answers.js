// One line of each of the three answers above the table.

import { el, setContent, setText } from "./dom.js";
import { health, jobLink, nextRun, progressInWords } from "./states.js";
import { counted, setTime, time } from "./times.js";

/** Jobs that need someone, and why: several that fail for one cause are one line. */
export function attentionLine(group) {
  return group.members.length === 1 ? lineOfOne(group.members[0]) : lineOfMany();
}

function lineOfMany() {
  const number = el("strong", {});
  const state = el("span", { class: "side" });
  const why = el("p", { class: "why" });
  const which = el("ul", { class: "which" });
  const line = el("li", {}, el("div", { class: "line" }, number, state), why, el("details", {}, el("summary", {}, "Which"), which));
  line.show = ({ members }) => {
    setText(number, counted(members.length, "job"));
    setContent(state, health(members[0]));
    setText(why, members[0].cause ?? "");
    setContent(which, ...members.map((job) => el("li", {}, jobLink(job.id))));
  };
  return line;
}

function lineOfOne(job) {
  const state = el("span", { class: "side" });
  const why = el("p", { class: "why" });
  const line = el("li", {}, el("div", { class: "line" }, jobLink(job.id), state), why);
  line.show = ({ members: [now] }) => {
    setContent(state, health(now), now.running ? ", running again" : null);
    setText(why, now.cause ?? now.reason ?? now.last_run?.error ?? "");
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
