// The dialogs of a job. Each is made when it is needed; the browser keeps the focus inside and gives it back at the end.

import { tell, tellProblem } from "./access.js";
import { newKey } from "./api.js";
import { begin, restoreSchedule, setSchedule, tellStarted } from "./commands.js";
import { el, setText } from "./dom.js";

/** Shows a form; `submit` gets it and the place for what is wrong, and answers whether the dialog may close. */
function show(title, parts, { yes, danger = false, apart = null, submit }) {
  const wrong = el("p", { class: "wrong", role: "alert" });
  const done = el("button", { class: danger ? "danger" : "primary" }, yes);
  const form = el(
    "form",
    { method: "dialog", novalidate: true },
    el("h2", { id: "dialog-title" }, title),
    ...parts,
    wrong,
    el("div", { class: "ends" }, apart, el("button", { type: "button", onclick: () => dialog.close() }, "Not now"), done),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    done.disabled = true;
    setText(wrong, "");
    const mayClose = await submit(form, wrong);
    done.disabled = false;
    if (mayClose) {
      dialog.close();
    }
  });
  const dialog = el("dialog", { "aria-labelledby": "dialog-title", onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function confirmed({ title, text, yes }) {
  return new Promise((answer) => {
    let isSure = false;
    const submit = async () => (isSure = true);
    show(title, [el("p", {}, text)], { yes, danger: true, submit }).addEventListener("close", () => answer(isSure));
  });
}

function choice(group, value, title, more, { checked = false, disabled = false } = {}) {
  return el("label", { class: "choice" }, el("input", { type: "radio", name: group, value, checked, disabled }), el("span", {}, title, el("small", {}, more)));
}

function field(name, label, attributes = {}) {
  return el("div", { class: "field" }, el("label", { for: `field-${name}` }, label), el("input", { id: `field-${name}`, name, autocomplete: "off", spellcheck: "false", ...attributes }));
}

/** Shows `part` only while `value` is the chosen one. */
function only(form, group, value, part) {
  const follow = () => (part.hidden = form.elements[group].value !== value);
  form.addEventListener("change", follow);
  follow();
}

export function askForRun(job, done) {
  const hasWatermark = (job.watermark_columns ?? []).length > 0;
  const key = newKey();
  const bounds = el("div", { class: "pair" }, field("from", "From", { placeholder: "2026-03-01T00:00:00Z" }), field("to", "To", { placeholder: "2026-03-02T00:00:00Z" }));
  const deletes = job.mode === "mirror"
    ? el("label", { class: "choice" }, el("input", { type: "checkbox", name: "allow_deletes" }), el("span", {}, "Allow many deletions", el("small", {}, "Deletes what the source no longer has, however much of the target that is.")))
    : null;
  const parts = [
    el("fieldset", {}, el("legend", {}, "What to read"),
      choice("kind", "full", "Everything", "Whatever the watermark says; afterwards it moves as usual.", { checked: true }),
      choice("kind", "backfill", "A slice (backfill)", hasWatermark ? `From one value of ${job.watermark_columns.join(", ")} to another, both included; the watermark stays.` : "Only for jobs with a watermark.", { disabled: !hasWatermark })),
    bounds, deletes,
  ];
  const submit = (form, wrong) => triggered(job, form, wrong, key, done);
  const dialog = show(`Run ${job.id}`, parts, { yes: "Run", submit });
  only(dialog.querySelector("form"), "kind", "backfill", bounds);
}

async function triggered(job, form, wrong, key, done) {
  const { kind, from, to, allow_deletes: deletes } = form.elements;
  const body = kind.value === "full" ? { full: true } : { from: from.value.trim(), to: to.value.trim() };
  if (kind.value === "backfill" && !(body.from && body.to)) {
    setText(wrong, "A backfill needs both ends.");
    (body.from ? to : from).focus();
    return false;
  }
  if (deletes?.checked) {
    body.allow_deletes = true;
  }
  return said(form, wrong, `Running ${job.id}`, async () => {
    const run = await begin(job.id, body, key);
    tellStarted(run);
    done();
  });
}

export function askForSchedule(job, done) {
  const now = job.schedule;
  const kind = now.every_seconds ? "every" : now.cron ? "cron" : "manual";
  const every = field("every", "Interval", { value: now.every_seconds ? `${now.every_seconds}s` : "5m", "aria-describedby": "every-hint" });
  every.append(el("small", { id: "every-hint" }, "For example 30s, 5m, 1h."));
  const cron = el("div", { class: "pair" }, field("cron", "Cron fields", { value: now.cron ?? "0 2 * * *" }), field("timezone", "Time zone", { value: now.timezone ?? "", placeholder: "US/Pacific" }));
  const parts = [
    el("p", {}, "Wins over the file, on every instance and after a restart, until it is taken back."),
    el("fieldset", {}, el("legend", {}, "When it runs"),
      choice("kind", "every", "At an interval", "", { checked: kind === "every" }),
      choice("kind", "cron", "By the calendar", "Minute, hour, day, month and weekday in a time zone.", { checked: kind === "cron" }),
      choice("kind", "manual", "Only when asked", "", { checked: kind === "manual" })),
    every, cron,
  ];
  const apart = now.origin === "changed"
    ? el("button", { type: "button", class: "apart", onclick: () => restoreSchedule(job.id).then(() => { dialog.close(); done(); }) }, "Back to the file's")
    : null;
  const submit = (form, wrong) => said(form, wrong, `Changing the schedule of ${job.id}`, async () => {
    await setSchedule(job.id, chosen(form.elements, now));
    tell(`${job.id} has a new schedule.`);
    done();
  });
  const dialog = show(`Schedule of ${job.id}`, parts, { yes: "Change it", apart, submit });
  const form = dialog.querySelector("form");
  only(form, "kind", "every", every);
  only(form, "kind", "cron", cron);
}

/** A jitter stays as it is: the dialog does not ask for it. */
function chosen({ kind, every, cron, timezone }, now) {
  const jitter = now.jitter_seconds ? { jitter: `${now.jitter_seconds}s` } : {};
  switch (kind.value) {
    case "every": return { every: every.value.trim(), ...jitter };
    case "cron": return { cron: cron.value.trim(), ...(timezone.value.trim() ? { timezone: timezone.value.trim() } : {}), ...jitter };
    default: return "manual";
  }
}

/** Does it, or says in the dialog what is wrong, at the field the service names. */
async function said(form, wrong, what, work) {
  try {
    await work();
    return true;
  } catch (problem) {
    if (problem.status === 401 || problem.status === 403) {
      tellProblem(what, problem);
      return true;
    }
    setText(wrong, problem.message);
    form.elements[problem.field]?.focus?.();
    return false;
  }
}
