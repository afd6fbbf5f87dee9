// The rejected rows of a job: why each was, its values, and what to do with them.

import { tellProblem } from "./access.js";
import { call, jobPath } from "./api.js";
import { discard, replay } from "./commands.js";
import { confirmed } from "./dialogs.js";
import { el, reconcile, setContent, setText } from "./dom.js";
import { count, counted, time } from "./times.js";

const PAGE = 8;

export class Letters {
  #job;
  #changed;
  #letters = [];
  #next = null;
  #known = null;
  #at = (id) => document.getElementById(id);

  constructor(job, changed) {
    this.#job = job;
    this.#changed = changed;
    this.#at("replay").addEventListener("click", () => this.#do(() => replay(job)));
    this.#at("discard").addEventListener("click", () => this.#discard());
    this.#at("more-letters").addEventListener("click", () => this.#more().catch((problem) => tellProblem("Reading the rejected rows", problem)));
  }

  /** The list may have changed although their number has not. */
  stale() {
    this.#known = null;
  }

  /** Reads them again when their number is another one. */
  async follow(number) {
    if (number !== this.#known) {
      this.#letters = [];
      this.#next = null;
      if (number > 0) {
        await this.#more();
      }
      this.#known = number;
    }
    this.#show(number);
  }

  async #more() {
    const after = this.#next === null ? "" : `&after=${encodeURIComponent(this.#next)}`;
    const page = await call("GET", jobPath(this.#job, `/dead-letters?limit=${PAGE}${after}`));
    this.#letters = [...this.#letters, ...page.dead_letters];
    this.#next = page.dead_letters.length > 0 ? (page.next ?? null) : null;
    this.#show(this.#known ?? this.#letters.length);
  }

  #show(number) {
    setText(this.#at("letters-count"), number > 0 ? `${counted(number, "row")} waiting` : "");
    this.#at("letters-none").hidden = number > 0;
    this.#at("letters-actions").hidden = number === 0;
    this.#at("more-letters").hidden = this.#next === null;
    reconcile(this.#at("letters"), this.#letters, (letter) => String(letter.id), letterBox);
  }

  async #do(work) {
    await work();
    this.stale();
    this.#changed();
  }

  async #discard() {
    const number = this.#known ?? this.#letters.length;
    const isSure = await confirmed({
      title: `Discard ${counted(number, "rejected row")}?`,
      text: `The rejected rows of ${this.#job} are thrown away with their values. They come back only if a run reads them again.`,
      yes: "Discard them",
    });
    if (isSure) {
      await this.#do(() => discard(this.#job));
    }
  }
}

function letterBox(letter) {
  const reason = el("p", { class: "reason" });
  const seen = el("p", { class: "seen" });
  const values = el("dl", { class: "values" });
  const details = el("details", {}, el("summary", {}, "The row's values"), values);
  const box = el("article", { class: "letter", "aria-label": `Rejected row ${letter.id}` }, reason, seen, details);
  box.show = (now) => {
    setText(reason, now.column ? `${now.column}: ${now.reason}` : now.reason);
    setContent(seen, `Met by ${counted(now.occurrences ?? 1, "run")}, last by run ${now.run_id}`, ...(now.first_seen ? [", first seen ", time(now.first_seen)] : []), now.complete === false ? ". Only the beginnings of its values were kept." : "");
    setContent(values, ...Object.entries(now.row ?? {}).flatMap(([name, value]) => pair(name, value, name === now.column)));
  };
  return box;
}

function pair(name, value, isCulprit) {
  const isNull = value === null;
  const text = isNull ? "NULL" : typeof value === "object" ? JSON.stringify(value) : String(value);
  return [el("dt", {}, name), el("dd", { class: [isNull && "is-null", isCulprit && "culprit"].filter(Boolean).join(" ") || null }, text)];
}
