// What is known of all jobs: what the service answered, and what events have told since. The list may be a second old
// when it is answered, and older when it arrives: what an event told of a run outdoes it. A job of which something new is
// known is a new object, so that whoever has drawn it sees at once whether to draw it again.

import { isOver } from "./endings.js";

export class Jobs {
  #jobs = new Map();
  #heard = new Map(); // by job: the last run of which an event told

  all() {
    return [...this.#jobs.values()];
  }

  /**
   * Takes the list of all.
   *
   * @returns the jobs of which it tells less than the events did
   */
  take(jobs) {
    this.#jobs.clear();
    jobs.forEach((job) => this.put(job));
    return jobs.filter((job) => this.#isBehind(job)).map((job) => job.id);
  }

  /** Takes one job. */
  put(job) {
    this.#jobs.set(job.id, this.#isBehind(job) ? { ...job, running: this.#underWay(job) } : job);
  }

  /**
   * Takes what an event tells of a run under way.
   *
   * @returns false when the job is not known
   */
  hear(run) {
    const job = this.#jobs.get(run.sync_job_id);
    this.#heard.set(run.sync_job_id, run);
    if (job) {
      const running = job.running?.run_id === run.run_id ? { ...job.running, ...run } : run;
      this.#jobs.set(job.id, { ...job, running });
    }
    return job !== undefined;
  }

  #isBehind(job) {
    const run = this.#underWay(job);
    return run ? (job.last_run?.run_id ?? 0) < run.run_id : Boolean(job.running) && isOver(job.running);
  }

  #underWay(job) {
    const run = this.#heard.get(job.id);
    return run && !isOver(run) ? run : null;
  }
}
