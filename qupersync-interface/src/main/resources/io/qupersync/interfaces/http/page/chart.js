// The runs as bars, oldest left: how long each took, coloured by outcome, and below how many rows it read. An outcome
// other than success also stands on a notch under the line, so that colour is not alone in telling it.

import { el, setContent, setText, svg } from "./dom.js";
import { rowsRead, seconds, statusWord } from "./states.js";
import { clock, count, duration } from "./times.js";

const SLOTS = 50;
const WIDTH = 10; // of a slot, in the drawing's own units
const TALL = 100;
const LOW = 50;

export function drawChart(figure, runs) {
  const drawn = JSON.stringify(runs.map((run) => [run.run_id, run.status, run.status === "running" ? 0 : seconds(run), rowsRead(run)]));
  if (figure.dataset.drawn === drawn || runs.length === 0) {
    return;
  }
  figure.dataset.drawn = drawn;
  const oldestFirst = [...runs].reverse();
  const longest = top(runs.map((run) => seconds(run) ?? 0), 0.1);
  const most = top(runs.map(rowsRead), 1);
  const reading = el("p", { class: "reading", "aria-hidden": "true" }, "Point at a bar to read it.");
  const slots = (tall, bars) => oldestFirst.map((run, i) => slot(run, SLOTS - runs.length + i, tall, bars(run), reading));
  setContent(
    figure,
    el(
      "div",
      { class: "chart" },
      scale(longest, duration, "0 s"),
      drawing("", `How long each of ${runs.length} runs took, at most ${duration(longest.most)}`, TALL, slots(TALL, (run) => durationBar(run, longest))),
      scale(most, count, "0 rows"),
      drawing("rows", `How many rows each of ${runs.length} runs read, at most ${count(most.most)}`, LOW, slots(LOW, (run) => bar("count", rowsRead(run), most, LOW))),
      span(oldestFirst),
    ),
    reading,
    legend(runs),
  );
}

/** When the first and the last of them began: each below its bar, as far as there is room for both. */
function span(oldestFirst) {
  const ends = oldestFirst.length > 1 ? [oldestFirst[0], oldestFirst.at(-1)] : oldestFirst;
  const words = el("p", { class: "span" }, ...ends.map((run) => el("span", {}, clock(run.started_at))));
  words.style.paddingLeft = `${100 * Math.min(1 - oldestFirst.length / SLOTS, 0.5)}%`;
  return words;
}

/**
 * How far the scale goes. One run of an hour among forty of a second must not press those flat: bars beyond six times
 * the middle one are cut, and the scale says so.
 */
function top(values, least) {
  const sorted = [...values].sort((one, other) => one - other);
  const most = Math.max(sorted.at(-1), least);
  const middle = Math.max(sorted[Math.floor(sorted.length / 2)], least);
  return values.length > 4 && most > 9 * middle ? { high: 6 * middle, most, isCut: true } : { high: most, most, isCut: false };
}

function scale({ high, isCut }, words, low) {
  return el("div", { class: "scale", "aria-hidden": "true" }, el("span", {}, isCut ? `over ${words(high)}` : words(high)), el("span", {}, low));
}

function drawing(kind, label, tall, slots) {
  const shape = svg("svg", { viewBox: `0 0 ${SLOTS * WIDTH} ${tall}`, preserveAspectRatio: "none", role: "img", "aria-label": label }, ...slots);
  return el("div", { class: `drawing ${kind}` }, shape);
}

function slot(run, place, tall, bars, reading) {
  const ground = svg("rect", { class: "ground", x: place * WIDTH, y: 0, width: WIDTH, height: tall });
  const group = svg("g", { class: "slot" }, ground, ...bars.map((bar) => svg("rect", { ...bar, x: place * WIDTH + 1.5, width: WIDTH - 3 })));
  group.addEventListener("pointerenter", () => setText(reading, inWords(run)));
  return group;
}

function durationBar(run, longest) {
  const kind = ["success", "failed", "running"].includes(run.status) ? run.status : "other";
  const bars = bar(kind, Math.max(seconds(run) ?? 0, longest.high / 50), longest, TALL);
  return run.status === "success" ? bars : [...bars, { class: kind, y: TALL + 2, height: 5 }];
}

/** One bar, or two pieces with a gap for one that goes beyond the scale. */
function bar(kind, value, { high }, tall) {
  if (value > high) {
    return [{ class: kind, y: tall * 0.14, height: tall * 0.86 }, { class: kind, y: 0, height: tall * 0.1 }];
  }
  const height = value === 0 ? 0 : Math.max(1, (value / high) * tall);
  return [{ class: kind, y: tall - height, height }];
}

function inWords(run) {
  return `Run ${run.run_id}, ${clock(run.started_at)}: ${statusWord(run.status)}, ${duration(seconds(run))}, ${count(rowsRead(run))} rows read`;
}

function legend(runs) {
  const kinds = [["success", "Success", ["success"]], ["failed", "Failed", ["failed"]], ["running", "Running", ["running"]], ["other", "Cancelled, abandoned or misfired", ["cancelled", "abandoned", "misfired"]]];
  const key = (kind) => svg("svg", { viewBox: "0 0 14 14", "aria-hidden": "true", class: "key" }, svg("rect", { class: kind, x: 3, y: 0, width: 8, height: kind === "success" ? 14 : 10 }), kind === "success" ? null : svg("rect", { class: kind, x: 3, y: 12, width: 8, height: 2 }));
  return el("ul", { class: "legend chart-legend" }, ...kinds.filter(([, , states]) => runs.some((run) => states.includes(run.status))).map(([kind, word]) => el("li", {}, key(kind), word)));
}
