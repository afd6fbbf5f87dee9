// What an operator can have done, each with its word on how it went.

import { tell, tellProblem } from "./access.js";
import { call, jobPath, newKey } from "./api.js";
import { follow } from "./endings.js";

/** @returns the answer, or undefined when it was refused, which then has been said */
async function attempt(what, work, done) {
  try {
    const answer = await work();
    const words = typeof done === "function" ? done(answer) : done;
    if (answer?.run_id === undefined) {
      tell(words);
    } else {
      follow(answer, words);
    }
    return answer ?? {};
  } catch (problem) {
    tellProblem(what, problem);
    return undefined;
  }
}

/** Throws the Problem: the dialog shows it beside the field that is wrong. */
export const begin = (job, body, key = newKey()) => call("POST", jobPath(job, "/runs"), body, key);

const started = (run) => `Run ${run.run_id} of ${run.sync_job_id} has started.`;

export const trigger = (job) => attempt(`Running ${job}`, () => begin(job, {}), started);

/** For a run that was begun from a dialog. */
export const tellStarted = (run) => follow(run, started(run));

export const cancel = (run) =>
  attempt(`Cancelling run ${run.run_id}`, () => call("POST", `/api/v1/runs/${run.run_id}/cancel`), `Run ${run.run_id} of ${run.sync_job_id} is being cancelled.`);

export const pause = (job) => attempt(`Pausing ${job}`, () => call("POST", jobPath(job, "/pause")), `${job} is paused: it runs only when asked, until it is resumed.`);

export const resume = (job) => attempt(`Resuming ${job}`, () => call("POST", jobPath(job, "/resume")), `${job} runs by its schedule again.`);

export const replay = (job) =>
  attempt(`Replaying the rejected rows of ${job}`, () => call("POST", jobPath(job, "/dead-letters/replay"), undefined, newKey()), (run) => (run?.run_id ? `Run ${run.run_id} is trying the rejected rows of ${job} again.` : `The rejected rows of ${job} are being tried again.`));

export const discard = (job) =>
  attempt(`Discarding the rejected rows of ${job}`, () => call("DELETE", jobPath(job, "/dead-letters")), (answer) => `${answer.discarded} rejected rows of ${job} were discarded.`);

/** Throws the Problem, as `begin` does. */
export const setSchedule = (job, schedule) => call("PUT", jobPath(job, "/schedule"), schedule);

export const restoreSchedule = (job) => attempt(`Changing the schedule of ${job}`, () => call("DELETE", jobPath(job, "/schedule")), `${job} follows the file's schedule again.`);
