// What a job's and a run's states are called, and how runs and schedules read in a few words.

import { el, icon } from "./dom.js";
import { count, counted, duration, serverNow, time } from "./times.js";

const HEALTH = { failing: "Failing", late: "Late", incomplete: "Rows rejected", running: "Running", ok: "On time", paused: "Paused", never_ran: "Never ran" };
const STATUS = { success: "Success", failed: "Failed", running: "Running", cancelled: "Cancelled", abandoned: "Abandoned", misfired: "Misfired" };
const SHAPES = { success: "ok", failed: "failing", abandoned: "late", misfired: "late", incomplete: "late" };

/** Worst first; what only changes for the length of a run (running) does not make rows jump. */
const RANK = { failing: 0, late: 1, incomplete: 2 };

export const health = (job) => el("span", { class: "state", "data-state": job.health }, icon(SHAPES[job.health] ?? job.health), HEALTH[job.health] ?? job.health);

export const runState = (run) => el("span", { class: "state", "data-state": run.status }, icon(SHAPES[run.status] ?? run.status), STATUS[run.status] ?? run.status);

export const healthWord = (word) => HEALTH[word] ?? word;
export const statusWord = (word) => STATUS[word] ?? word;
export const needsAttention = (job) => job.health in RANK;

export function worstFirst(one, other) {
  return (RANK[one.health] ?? 3) - (RANK[other.health] ?? 3) || one.id.localeCompare(other.id, "en");
}

/** Jobs of one health and one cause together: a source that is away is one thing to mend. */
export function groups(attention) {
  const found = new Map();
  for (const job of attention) {
    const key = `${job.health} ${job.cause ?? job.id}`;
    found.set(key, [...(found.get(key) ?? []), job]);
  }
  return [...found].map(([key, members]) => ({ key: members.length === 1 ? members[0].id : key, members }));
}

/** The causes of several jobs, which the table need not repeat. */
export function sharedCauses(attention) {
  return new Set(groups(attention).filter(({ members }) => members.length > 1).map(({ members }) => members[0].cause));
}

export const written = (run) => (run.rows_inserted ?? 0) + (run.rows_updated ?? 0) + (run.rows_deleted ?? 0);
export const rowsRead = (run) => Math.max(run.rows_read ?? 0, run.rows_extracted ?? 0);

/** How long a run took, or has been going on. */
export function seconds(run) {
  if (run.status === "running") {
    return Math.max(0, serverNow() - Date.parse(run.started_at)) / 1000;
  }
  return run.duration_ms === null || run.duration_ms === undefined ? null : run.duration_ms / 1000;
}

/** `3,501 rows in 1.3 s, 12 written`. */
export function runInWords(run) {
  if (run.status === "misfired") {
    return run.remark ?? "did not run in time";
  }
  const rows = `${counted(rowsRead(run), "row")} in ${duration(seconds(run))}`;
  const rejected = run.rows_skipped > 0 ? `, ${count(run.rows_skipped)} rejected` : "";
  return run.status === "success" ? `${rows}, ${written(run) === 0 ? "nothing new" : `${count(written(run))} written`}${rejected}` : rows + rejected;
}

export const rate = (run) => (run.rows_per_second === null || run.rows_per_second === undefined ? "" : `${count(run.rows_per_second)} rows/s`);

/** `12,430 rows · 2,310 rows/s`. */
export const progressInWords = (run) => [counted(rowsRead(run), "row"), rate(run)].filter(Boolean).join(" · ");

/** When the next run comes: a time, or why none does. */
export function nextRun(job) {
  if (job.paused) {
    return "Paused";
  }
  if (job.next_run) {
    return time(job.next_run, "due");
  }
  if (job.schedule.manual) {
    return "Only when asked";
  }
  return job.after?.length > 0 ? `After ${job.after.join(", ")}` : "–";
}

export const jobLink = (id, more = {}) => el("a", { href: `/jobs/${encodeURIComponent(id)}`, ...more }, id);
