// A job's row in the table.

import { cancel, trigger } from "./commands.js";
import { el, setAttribute, setContent, setText } from "./dom.js";
import { health, jobLink, needsAttention, nextRun, progressInWords, runInWords, statusWord } from "./states.js";
import { count, duration, time } from "./times.js";

/** The roles are spelt out because a narrow screen shows the table as cards, which would take its meaning away. */
export function jobRow(live, isShared) {
  const cell = (name, label) => el("td", { role: "cell", class: name, "data-label": label });
  const name = el("span", { class: "name" });
  const note = el("div", { class: "note" });
  const [state, last, lag, next, letters] = [cell("health"), cell("last", "Last run"), cell("lag", "Behind the source"), cell("next", "Next run"), cell("letters", "Rejected rows")];
  const button = el("button", { type: "button" });
  const row = el("tr", { role: "row" }, el("th", { scope: "row", role: "rowheader" }, name, note), state, last, lag, next, letters, el("td", { role: "cell", class: "do" }, button));
  let job;
  let said;
  button.addEventListener("click", () => (job.running ? cancel(job.running) : trigger(job.id)).then(() => live.refresh()));
  row.show = (now) => {
    const cause = needsAttention(now) ? (now.cause ?? now.reason) : null;
    const why = cause !== null && isShared(cause) ? null : cause; // told of all of them together above
    if (now === job && why === said) {
      return; // with hundreds of rows, one that changes is all there is to draw
    }
    job = now;
    said = why;
    if (!name.firstChild) {
      name.append(jobLink(job.id));
    }
    setText(note, why ?? job.description ?? `${job.source} → ${job.target}`);
    setAttribute(note, "data-why", why ? "" : null);
    setContent(state, health(job));
    showLast(last, job);
    setText(lag, duration(job.lag_seconds));
    setContent(next, nextRun(job), el("span", { class: "sub" }, job.schedule.manual ? null : job.schedule.text, job.schedule.origin === "changed" ? el("span", { class: "changed" }, " · changed") : null));
    setContent(letters, job.dead_letters > 0 ? jobLink(job.id, { href: `/jobs/${encodeURIComponent(job.id)}#dead-letters` }) : "–");
    if (job.dead_letters > 0) {
      setText(letters.firstChild, count(job.dead_letters));
      letters.firstChild.setAttribute("aria-label", `${count(job.dead_letters)} rejected rows of ${job.id}`);
    }
    setText(button, job.running ? "Cancel" : "Run");
    setAttribute(button, "aria-label", job.running ? `Cancel the run of ${job.id}` : `Run ${job.id}`);
  };
  return row;
}

function showLast(cell, job) {
  if (job.running) {
    const far = cell.querySelector(".far") ?? el("span", { class: "far" });
    setText(far, progressInWords(job.running));
    if (!far.parentNode) {
      cell.replaceChildren(far, el("span", { class: "bar", "aria-hidden": "true" }));
    }
  } else if (job.last_run) {
    const run = job.last_run;
    const when = time(run.completed_at ?? run.started_at, "ago");
    setContent(cell, run.status === "success" ? when : [`${statusWord(run.status)} `, when], el("span", { class: "sub" }, runInWords(run)));
  } else {
    setContent(cell, "–");
  }
}
