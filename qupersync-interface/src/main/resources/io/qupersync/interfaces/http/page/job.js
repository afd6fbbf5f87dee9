// One job: how it stands and why, its last runs, what it rejected, what its next run would do, and the means to act.

import { askForToken, mustAsk, speak, startAccess, tellConnection } from "./access.js";
import { call, jobPath, Problem } from "./api.js";
import { cancel, pause, resume, trigger } from "./commands.js";
import { askForRun, askForSchedule } from "./dialogs.js";
import { setAttribute, setContent, setText } from "./dom.js";
import { heardEnd, lookAfterFollowed, tellEnd } from "./endings.js";
import { showFacts } from "./facts.js";
import { Letters } from "./letters.js";
import { Live } from "./live.js";
import { Plan } from "./plan.js";
import { Runs } from "./runs.js";
import { health, needsAttention, progressInWords, rate, rowsRead, written } from "./states.js";
import { count, setTime, startTicking, time } from "./times.js";

const SPOKEN_EVERY = 10_000;
const at = (id) => document.getElementById(id);
const id = decodeURIComponent(location.pathname.replace(/^\/jobs\//, "").replace(/\/$/, ""));

let job = null;
let drawing = false;
let spokenAt = 0;

const live = new Live({ look, hear, tell: tellConnection });
const runs = new Runs();
const letters = new Letters(id, () => live.refresh());
const plan = new Plan(id);

async function look() {
  if (mustAsk()) {
    throw new Problem(401, {});
  }
  try {
    const [told, latest, ended] = await Promise.all([call("GET", jobPath(id)), call("GET", `/api/v1/runs?job=${encodeURIComponent(id)}&limit=50`), lookAfterFollowed()]);
    job = told;
    runs.take(latest.runs);
    if (ended.length > 0) {
      letters.stale();
      live.refresh(); // the other two answers may have been given before the end
    }
    await letters.follow(job.dead_letters);
    at("missing").hidden = true;
    draw();
    return told;
  } catch (problem) {
    if (problem.status !== 404) {
      throw problem;
    }
    at("missing").hidden = false;
    at("board").hidden = true;
    return null;
  }
}

function hear(name, run) {
  if (run.sync_job_id !== id || job === null) {
    return;
  }
  runs.hear(run);
  if (name === "run.ended") {
    job.running = null;
    heardEnd(run);
    tellEnd(run);
    letters.stale();
    live.refresh();
  } else {
    job.running = { ...(job.running?.run_id === run.run_id ? job.running : {}), ...run };
    if (Date.now() - spokenAt > SPOKEN_EVERY) {
      spokenAt = Date.now();
      speak(name === "run.retrying" ? `Run ${run.run_id} is being retried.` : `Run ${run.run_id}: ${progressInWords(run)}.`);
    }
  }
  draw();
}

function draw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      show();
    });
  }
}

function show() {
  at("board").hidden = false;
  at("actions").hidden = false;
  at("plan-panel").hidden = false;
  setText(at("name"), job.id);
  setContent(at("health"), health(job));
  setText(at("about"), job.description ?? "");
  const why = needsAttention(job) ? (job.reason ?? job.last_run?.error ?? "") : "";
  setText(at("why"), why);
  setAttribute(at("why"), "data-state", job.health);
  at("why").hidden = why === "";
  setText(at("pause"), job.paused ? "Resume" : "Pause");
  at("pause").hidden = job.paused === undefined;
  at("reschedule").hidden = job.schedule.origin === undefined;
  at("run").hidden = Boolean(job.running);
  at("cancel").hidden = !job.running;
  showLive(job.running);
  showFacts(at("facts"), job);
  runs.show();
}

function showLive(run) {
  at("live").hidden = !run;
  if (run) {
    setText(at("live-title"), `Run ${run.run_id} is under way${run.attempts > 1 ? `, attempt ${run.attempts}` : ""}`);
    setText(at("live-rows"), count(rowsRead(run)));
    setText(at("live-rate"), rate(run).replace(" rows/s", "") || "–");
    setText(at("live-written"), count(written(run)));
    const since = at("live-since");
    since.firstChild ? setTime(since.firstChild, run.started_at) : since.append(time(run.started_at, "since"));
  }
}

/** Does it with the button switched off meanwhile, and gives the keyboard back a place to be. */
function on(button, work) {
  at(button).addEventListener("click", async () => {
    at(button).disabled = true;
    try {
      await work();
      await live.refresh();
    } finally {
      at(button).disabled = false;
      requestAnimationFrame(() => at(button).hidden && document.activeElement === document.body && at("actions").querySelector("button:not([hidden])").focus());
    }
  });
}

on("run", () => trigger(id));
on("cancel", () => job.running && cancel(job.running));
on("pause", () => (job.paused ? resume(id) : pause(id)));
at("run-other").addEventListener("click", () => job && askForRun(job, () => live.refresh()));
at("reschedule").addEventListener("click", () => job && askForSchedule(job, () => live.refresh()));
startAccess(() => live.restart());
startTicking();
live.start();
plan.start();
if (mustAsk()) {
  askForToken();
}
