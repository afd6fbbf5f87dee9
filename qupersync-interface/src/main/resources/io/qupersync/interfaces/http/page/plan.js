// What `plan` prints: the statements of the next run, and every column with its types.

import { call, jobPath } from "./api.js";
import { el, setText } from "./dom.js";

const TITLES = { column: "Column", name: "Column", type: "Type", from: "From", source_type: "Source type", verdict: "Conversion", loss: "Loses", rules: "Rules" };

export class Plan {
  #job;
  #isOpen = false;
  #button = document.getElementById("plan-load");
  #place = document.getElementById("plan");

  constructor(job) {
    this.#job = job;
  }

  start() {
    this.#button.addEventListener("click", () => (this.#isOpen ? this.#close() : this.#open()));
  }

  #close() {
    this.#isOpen = false;
    this.#button.setAttribute("aria-expanded", "false");
    setText(this.#button, "Show the SQL");
    this.#place.replaceChildren();
  }

  async #open() {
    this.#button.disabled = true;
    this.#place.replaceChildren(el("p", { class: "about" }, "Asking both databases …"));
    try {
      this.#place.replaceChildren(...contents(await call("GET", jobPath(this.#job, "/plan"))));
      this.#isOpen = true;
      this.#button.setAttribute("aria-expanded", "true");
      setText(this.#button, "Hide the SQL");
    } catch (problem) {
      this.#place.replaceChildren(el("p", { class: "wrong" }, problem.message));
    } finally {
      this.#button.disabled = false;
      this.#button.focus({ preventScroll: true });
    }
  }
}

function contents(plan) {
  const changes = plan.target_ddl ?? [];
  return [
    ...statement(plan.readers ? `Reads ${plan.readers}` : "Reads", plan.source_sql),
    ...(changes.length > 0 ? statement("Changes the target by", changes.map((sql) => `${sql};`).join("\n")) : [el("h3", {}, "Changes the target by"), el("p", { class: "about" }, "Nothing: the table is as it must be.")]),
    ...statement("Writes each batch by", plan.upsert_sql),
    ...(plan.lossy?.length > 0 ? [el("h3", {}, "Loses by its nature"), el("ul", { class: "lossy" }, ...plan.lossy.map((text) => el("li", {}, asText(text))))] : []),
    el("h3", {}, "Columns"),
    columns(plan.columns ?? []),
  ];
}

function statement(title, sql) {
  return [el("h3", {}, title), el("pre", { tabindex: "0", "aria-label": title }, el("code", {}, sql))];
}

function columns(all) {
  const names = [...new Set(all.flatMap((column) => Object.keys(column)))].filter((name) => all.some((column) => asText(column[name]) !== ""));
  const head = el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, TITLES[name] ?? name.replaceAll("_", " ")))));
  const row = (column) => el("tr", {}, ...names.map((name, i) => (i === 0 ? el("th", { scope: "row", class: "mono" }, asText(column[name])) : el("td", {}, asText(column[name])))));
  return el("div", { class: "scroll", role: "region", "aria-label": "Columns", tabindex: "0" }, el("table", { class: "list" }, head, el("tbody", {}, ...all.map(row))));
}

function asText(value) {
  if (value === null || value === undefined) {
    return "";
  }
  return Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
}
