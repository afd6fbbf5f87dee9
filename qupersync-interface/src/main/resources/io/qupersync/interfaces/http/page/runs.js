// The last fifty runs: a chart for the eye, a table for everything else.

import { drawChart } from "./chart.js";
import { el, reconcile, setContent, setText } from "./dom.js";
import { rowsRead, runState, seconds, written } from "./states.js";
import { count, counted, duration, setTime, time } from "./times.js";

const AT_FIRST = 8;
const MOST = 50;

export class Runs {
  #runs = [];
  #isOpen = false;
  #at = (id) => document.getElementById(id);

  constructor() {
    this.#at("all-runs").addEventListener("click", () => {
      this.#isOpen = !this.#isOpen;
      this.show();
    });
  }

  /** @param runs latest first */
  take(runs) {
    this.#runs = runs;
  }

  /** What an event tells of one run. */
  hear(run) {
    const place = this.#runs.findIndex((known) => known.run_id === run.run_id);
    if (place < 0) {
      this.#runs = [run, ...this.#runs].slice(0, MOST);
    } else {
      this.#runs[place] = { ...this.#runs[place], ...run };
    }
  }

  show() {
    const runs = this.#runs;
    setText(this.#at("runs-title"), runs.length >= MOST ? `Last ${MOST} runs` : `Runs`);
    setText(this.#at("runs-summary"), summary(runs));
    this.#at("no-runs").hidden = runs.length > 0;
    this.#at("runs-table").hidden = runs.length === 0;
    this.#at("chart").hidden = runs.length === 0;
    drawChart(this.#at("chart"), runs);
    reconcile(this.#at("runs"), this.#isOpen ? runs : runs.slice(0, AT_FIRST), (run) => String(run.run_id), line);
    const button = this.#at("all-runs");
    button.hidden = runs.length <= AT_FIRST;
    button.setAttribute("aria-expanded", String(this.#isOpen));
    setText(button, this.#isOpen ? "Show fewer" : `Show all ${runs.length}`);
  }
}

/** `47 of 50 succeeded, half of them within 1.3 s`. */
function summary(runs) {
  const ended = runs.filter((run) => run.status !== "running");
  const well = ended.filter((run) => run.status === "success");
  if (ended.length === 0) {
    return "";
  }
  const times = well.map(seconds).filter((it) => it !== null).sort((one, other) => one - other);
  const middle = times.length > 0 ? `, half of them within ${duration(times[Math.floor(times.length / 2)])}` : "";
  return `${well.length} of ${counted(ended.length, "run")} succeeded${middle}`;
}

function line() {
  const cells = Object.fromEntries(["began", "state", "took", "rows", "written", "rejected", "by"].map((name) => [name, el("td")]));
  ["took", "rows", "written", "rejected"].forEach((name) => cells[name].classList.add("number"));
  cells.began.classList.add("time");
  cells.state.classList.add("outcome");
  const number = el("th", { scope: "row" });
  const row = el("tr", {}, number, ...Object.values(cells));
  row.show = (run) => {
    setText(number, String(run.run_id));
    cells.began.firstChild ? setTime(cells.began.firstChild, run.started_at) : cells.began.append(time(run.started_at));
    setText(cells.took, duration(seconds(run)));
    setText(cells.rows, count(rowsRead(run)));
    setText(cells.written, count(written(run)));
    setText(cells.rejected, count(run.rows_skipped));
    setText(cells.by, run.trigger);
    const said = [run.error, run.remark, run.attempts > 1 ? `${run.attempts} attempts` : null].filter(Boolean).join("\n");
    setContent(cells.state, runState(run), said && el("p", { class: "said" }, said));
  };
  return row;
}
