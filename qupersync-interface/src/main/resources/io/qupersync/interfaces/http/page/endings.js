// Tells how runs ended, each once, whoever hears of it first: the stream of events, a look at everything, or the answer
// to the run's own beginning, which a short run may overtake.

import { tell } from "./access.js";
import { call } from "./api.js";
import { runInWords, statusWord } from "./states.js";

const REMEMBERED = 500;

const followed = new Map(); // by number: what somebody here asked for, and how it ended has not been told
const over = new Map(); // by number: what has ended, as far as was heard
const told = new Map(); // by number: ends that have been told

function remember(memory, run) {
  memory.set(run.run_id, run);
  if (memory.size > REMEMBERED) {
    memory.delete(memory.keys().next().value);
  }
}

export const isOver = (run) => over.has(run.run_id);

/** A run has ended. Whoever asked for it here is told how. */
export function heardEnd(run) {
  remember(over, run);
  if (followed.has(run.run_id)) {
    tellEnd(run);
  }
}

/** Tells how a run ended, whoever asked for it. */
export function tellEnd(run) {
  followed.delete(run.run_id);
  if (!told.has(run.run_id)) {
    remember(told, run);
    const kind = run.status === "success" ? "done" : "error";
    tell(`Run ${run.run_id} of ${run.sync_job_id}: ${statusWord(run.status)}, ${runInWords(run)}. ${run.error ?? ""}`, { kind });
  }
}

/** Says that what somebody asked for has begun, and later how the run ended; only the latter when it is over already. */
export function follow(run, words) {
  if (run.status !== "running") {
    remember(over, run);
  }
  if (over.has(run.run_id)) {
    tellEnd(over.get(run.run_id));
  } else {
    followed.set(run.run_id, run);
    tell(words);
  }
}

/**
 * Asks how the followed runs stand: an end may have come while nobody listened.
 *
 * @returns those that have ended. Throws a Problem.
 */
export async function lookAfterFollowed() {
  const runs = await Promise.all([...followed.keys()].map(ask));
  const ended = runs.filter((run) => run && run.status !== "running");
  ended.forEach(heardEnd);
  return ended;
}

async function ask(number) {
  try {
    return await call("GET", `/api/v1/runs/${number}`);
  } catch (problem) {
    if (problem.status !== 404) {
      throw problem;
    }
    followed.delete(number); // the run log has been cleared of it
    return null;
  }
}
