// What the job is: where from, where to, by which watermark, when.

import { el, setContent } from "./dom.js";
import { jobLink, nextRun } from "./states.js";
import { duration, time } from "./times.js";

export function showFacts(list, job) {
  const pairs = [
    ["Next run", [nextRun(job), job.next_run && !job.paused ? el("small", {}, time(job.next_run)) : null]],
    ["Next full run", job.next_full_run ? [time(job.next_full_run, "due"), el("small", {}, job.full_schedule)] : null],
    ["Schedule", schedule(job)],
    ["After", job.after?.length > 0 ? job.after.flatMap((other, i) => [i > 0 ? ", " : null, jobLink(other)]) : null],
    ["Last success", job.last_success ? [time(job.last_success, "ago")] : ["Never"]],
    ["Watermark", watermark(job)],
    ["Behind the source", job.lag_seconds === null || job.lag_seconds === undefined ? null : [duration(job.lag_seconds), lookback(job)]],
    ["Reads", [el("span", { class: "mono" }, job.source)]],
    ["Writes", [el("span", { class: "mono" }, job.target)]],
    ["Mode", [job.mode]],
    ["Key", [el("span", { class: "mono" }, (job.key ?? []).join(", "))]],
  ];
  setContent(list, ...pairs.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, ...value)]));
}

function schedule(job) {
  const told = job.schedule;
  if (told.origin !== "changed") {
    return [told.text, el("small", {}, "as in the file")];
  }
  const by = told.changed_by ? ` by ${told.changed_by}` : "";
  return [told.text, el("small", { class: "changed" }, `changed by hand${by}`, ...(told.changed_at ? [", ", time(told.changed_at, "ago")] : []))];
}

function watermark(job) {
  const columns = (job.watermark_columns ?? []);
  if (columns.length === 0) {
    return ["None: reads everything every time"];
  }
  return [el("span", { class: "mono" }, job.watermark ?? "not set yet"), el("small", {}, `in ${columns.join(", ")}`), job.held_back ? el("small", {}, job.held_back) : null];
}

function lookback(job) {
  const suggested = job.suggested_lookback_seconds;
  return suggested ? el("small", {}, `rows have come late: a lookback of ${duration(suggested)} would have caught those that were seen`) : null;
}
