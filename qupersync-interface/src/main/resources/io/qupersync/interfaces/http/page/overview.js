// The overview: what is late or failing and why, what is running and how far, what comes next; then every job.

import { mustAsk, speak, startAccess, askForToken, tellConnection } from "./access.js";
import { call, jobPath, Problem } from "./api.js";
import { reconcile, setContent, setText } from "./dom.js";
import { heardEnd, lookAfterFollowed } from "./endings.js";
import { Jobs } from "./jobs.js";
import { Live } from "./live.js";
import { attentionLine, nextLine, runningLine } from "./answers.js";
import { jobRow } from "./rows.js";
import { groups, healthWord, needsAttention, sharedCauses, worstFirst } from "./states.js";
import { clock, counted, startTicking } from "./times.js";

const SHOWN = 5; // lines per answer; the table has the rest
const ROWS = 500; // rows of the table at first, and by how many it grows
const at = (id) => document.getElementById(id);

const jobs = new Jobs();
let filter = new URLSearchParams(location.search).get("show") ?? "all";
let order = [];
let most = ROWS;
let shared = new Set();
let drawing = false;
let pastSince = null;
let pastWord = "";

const live = new Live({ look, hear, tell });

function tell(state) {
  tellConnection(state);
  const past = document.body.classList.contains("stale") ? state.at : null;
  const word = state.kind === "away" ? "Database away" : "Connection lost";
  if (past !== pastSince || word !== pastWord) {
    pastSince = past;
    pastWord = word;
    draw();
  }
}

async function look() {
  if (mustAsk()) {
    throw new Problem(401, {});
  }
  const [told, ended] = await Promise.all([call("GET", "/api/v1/jobs"), lookAfterFollowed()]);
  const behind = jobs.take(told.jobs);
  draw();
  await Promise.all([...new Set([...behind, ...ended.map((run) => run.sync_job_id)])].map(lookAt));
  return told;
}

async function lookAt(id) {
  try {
    jobs.put(await call("GET", jobPath(id)));
    draw();
  } catch {
    live.refresh(); // which says what is wrong
  }
}

function hear(name, run) {
  if (name === "run.ended") {
    heardEnd(run);
    if (run.status === "failed") {
      speak(`${run.sync_job_id} failed: ${run.error ?? ""}`);
    }
    lookAt(run.sync_job_id);
  } else if (jobs.hear(run)) {
    draw();
  } else {
    live.refresh();
  }
}

/** At most once a frame, however many events come. */
function draw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      show(jobs.all());
    });
  }
}

function show(all) {
  at("board").hidden = false;
  const attention = all.filter(needsAttention).sort(worstFirst);
  const running = all.filter((job) => job.running).sort((one, other) => one.running.started_at.localeCompare(other.running.started_at));
  const next = all.filter((job) => job.next_run && !job.paused).sort((one, other) => one.next_run.localeCompare(other.next_run));
  headline(all, attention);
  const alarm = attention.some((job) => job.health === "failing") ? "failing" : attention.length > 0 ? "late" : "none";
  at("attention").closest(".answer").dataset.alarm = alarm;
  answer("attention", groups(attention), attentionLine, "failing", attention.length);
  answer("running", running, runningLine, "running");
  answer("next", next, nextLine, "all");
  filters(all);
  table(all);
}

function headline(all, attention) {
  const failing = attention.filter((job) => job.health === "failing").length;
  const late = attention.filter((job) => job.health === "late").length;
  const incomplete = attention.length - failing - late;
  const parts = [failing && `${counted(failing, "job")} failing`, late && `${late} late`, incomplete && `${incomplete} with rejected rows`].filter(Boolean);
  const words = parts.join(", ") || (all.length === 0 ? "No jobs yet" : "All is well");
  setText(at("headline"), pastSince === null ? words : `As of ${clock(pastSince)}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`);
  const title = pastSince !== null ? `${pastWord} · QuperSync` : parts.length > 0 ? `${parts.join(", ")} · QuperSync` : "QuperSync";
  if (document.title !== title) {
    document.title = title;
  }
}

function answer(id, items, line, more, number = items.length) {
  const list = at(id);
  const box = list.closest(".answer");
  reconcile(list, items.slice(0, SHOWN), (item) => item.key ?? item.id, line);
  setText(box.querySelector(".number"), number > 0 ? String(number) : "");
  box.querySelector(".none").hidden = items.length > 0;
  const rest = box.querySelector(".rest");
  rest.hidden = items.length <= SHOWN || more === "all";
  setText(rest, `and ${items.length - SHOWN} more`);
}

function filters(all) {
  for (const button of at("filters").children) {
    const show = button.dataset.show;
    const number = all.filter((job) => matches(job, show)).length;
    setText(button.querySelector(".number"), String(number));
    button.hidden = number === 0 && show !== "all" && show !== filter;
    button.setAttribute("aria-pressed", String(show === filter));
  }
}

function matches(job, show) {
  switch (show) {
    case "all": return true;
    case "failing": return needsAttention(job);
    case "running": return Boolean(job.running);
    case "paused": return job.paused;
    case "rejected": return job.dead_letters > 0;
    default: return job.health === show;
  }
}

function table(all) {
  const words = at("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const says = (job) => [job.id, job.description, job.source, job.target, job.reason, healthWord(job.health)].join(" ").toLowerCase();
  const chosen = all.filter((job) => matches(job, filter) && words.every((word) => says(job).includes(word)));
  shared = sharedCauses(all.filter(needsAttention));
  reconcile(at("jobs"), inOrder(chosen).slice(0, most), (job) => job.id, () => jobRow(live, (cause) => shared.has(cause)));
  at("table").hidden = chosen.length === 0;
  at("more").hidden = chosen.length <= ROWS;
  at("show-more").hidden = chosen.length <= most;
  setText(at("shown"), `${Math.min(most, chosen.length)} of ${counted(chosen.length, "job")}`);
  at("empty").hidden = all.length > 0;
  at("tools").hidden = all.length === 0;
  at("nothing").hidden = chosen.length > 0 || all.length === 0;
  setText(at("found"), words.length > 0 || filter !== "all" ? `${chosen.length} of ${counted(all.length, "job")}` : "");
}

/** Worst first, but rows stay where they are while a hand or the keyboard is on them: nobody may start another job than meant. */
function inOrder(chosen) {
  const sorted = [...chosen].sort(worstFirst);
  const body = at("jobs");
  const isHeld = body.matches(":hover") || body.contains(document.activeElement);
  if (isHeld && order.length > 0) {
    const place = new Map(order.map((id, i) => [id, i]));
    sorted.sort((one, other) => (place.get(one.id) ?? Infinity) - (place.get(other.id) ?? Infinity) || worstFirst(one, other));
  }
  order = sorted.map((job) => job.id);
  return sorted;
}

function choose(show) {
  filter = show;
  most = ROWS;
  history.replaceState(null, "", show === "all" ? "/" : `/?show=${show}`);
  draw();
}

at("filters").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) {
    choose(button.dataset.show);
  }
});
document.querySelectorAll(".rest").forEach((rest) => rest.addEventListener("click", () => {
  choose(rest.dataset.show);
  at("all-jobs").focus();
}));
at("search").addEventListener("input", () => {
  most = ROWS;
  draw();
});
at("show-more").addEventListener("click", () => {
  most += ROWS;
  draw();
});
at("jobs").addEventListener("mouseleave", draw);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    event.preventDefault();
    at("search").focus();
  }
});
startAccess(() => live.restart());
startTicking();
live.start();
if (mustAsk()) {
  askForToken();
}
