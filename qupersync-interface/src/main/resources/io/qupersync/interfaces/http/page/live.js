// Keeps the page true: events as they happen, a look at everything every few seconds, and an honest word when neither
// works. The stream is read with fetch() because an EventSource cannot send a token.

import { headers } from "./api.js";
import { serverNow } from "./times.js";

const SILENCE = 40_000; // the stream sends a heartbeat every 15 s; twice that without one is a dead connection
const LIST_AGE = 1_100; // the service shows its list of jobs again for a second
const POLL_BESIDE_STREAM = 15_000;
const POLL_ALONE = 4_000;
const POLL_HIDDEN = 30_000;
const LONGEST_WAIT = 15_000;

const delay = (millis) => new Promise((done) => setTimeout(done, millis));

/** Splits a stream of server-sent events into `{ name, data }`. */
export class EventReader {
  #rest = "";

  /** @returns the events that are complete now */
  take(text) {
    const blocks = (this.#rest + text).split("\n\n");
    this.#rest = blocks.pop();
    return blocks.map(parse).filter((event) => event !== null);
  }
}

function parse(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    const [field, value] = cut(line);
    if (field === "event") {
      name = value;
    } else if (field === "data") {
      data.push(value);
    }
  }
  try {
    return data.length === 0 ? null : { name, data: JSON.parse(data.join("\n")) };
  } catch {
    return null;
  }
}

function cut(line) {
  const colon = line.indexOf(":");
  return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

/**
 * `look()` fetches everything, returns the answer that tells of the databases, and throws a Problem; `hear(name, run)`
 * takes an event of a run; `tell(state)` is told how the page is connected: `{ kind: "connecting" | "live" | "polling" |
 * "lost" | "locked" | "away", at, why, databases }`, `at` being when the page last knew how things stand: while the
 * target is away, the service itself tells what it knew then.
 */
export class Live {
  #look; #hear; #tell;
  #streaming = false;
  #heard = 0;
  #seenAt = null;
  #problem = null;
  #databases = null;
  #looking = null;
  #again = false;
  #timer;
  #stream;

  constructor({ look, hear, tell }) {
    this.#look = look;
    this.#hear = hear;
    this.#tell = tell;
  }

  start() {
    this.refresh().then(() => this.#keepStreaming()); // the first look tells whether a token is needed
    setInterval(() => this.#watch(), 1000);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#stream?.abort() : this.refresh()));
    addEventListener("online", () => this.refresh());
    addEventListener("offline", () => this.restart());
  }

  /** Begins anew: the network or the token is another one. */
  restart() {
    this.#stream?.abort();
    return this.refresh();
  }

  /** Looks at everything now; calls while one is under way end in one more. */
  refresh() {
    if (this.#looking) {
      this.#again = true;
      return this.#looking;
    }
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = null;
      this.#pollOn();
      if (this.#again) {
        this.#again = false;
        this.refresh();
      }
    });
    return this.#looking;
  }

  async #lookOnce() {
    try {
      const told = await this.#look();
      this.#problem = null;
      this.#databases = told?.databases ?? null;
      this.#seenAt = this.#isAway() && told.as_of ? Date.parse(told.as_of) : serverNow();
    } catch (problem) {
      this.#problem = problem;
      if (problem.status === undefined) {
        console.error(problem);
      }
    }
    this.#report();
  }

  #pollOn() {
    clearTimeout(this.#timer);
    if (!this.#isLocked()) {
      const pause = document.hidden ? POLL_HIDDEN : this.#streaming && !this.#problem ? POLL_BESIDE_STREAM : POLL_ALONE;
      this.#timer = setTimeout(() => this.refresh(), pause);
    }
  }

  #isAway() {
    return this.#databases?.target.state === "away";
  }

  #isLocked() {
    return this.#problem?.status === 401 || this.#problem?.status === 403;
  }

  #watch() {
    if (this.#streaming && Date.now() - this.#heard > SILENCE) {
      this.#stream.abort();
    }
    this.#report();
  }

  #report() {
    const at = this.#seenAt;
    const databases = this.#databases;
    if (this.#isLocked()) {
      this.#tell({ kind: "locked", at, why: this.#problem });
    } else if (this.#problem) {
      this.#tell({ kind: "lost", at, why: this.#problem, databases });
    } else if (at === null) {
      this.#tell({ kind: "connecting", at });
    } else if (this.#isAway()) {
      this.#tell({ kind: "away", at, databases });
    } else {
      this.#tell({ kind: this.#streaming ? "live" : "polling", at, databases });
    }
  }

  async #keepStreaming() {
    for (let failures = 0; ; ) {
      // A browser opens six connections to a host: tabs nobody looks at must not hold them all.
      while (document.hidden || this.#isLocked()) {
        await delay(200);
      }
      this.#stream = new AbortController();
      try {
        await this.#readStream();
        failures = 0;
      } catch {
        failures = this.#streaming ? 0 : failures + 1;
      }
      this.#streaming = false;
      this.refresh();
      const longest = Math.min(LONGEST_WAIT, 1000 * 2 ** failures);
      await delay(longest * (0.5 + Math.random() / 2));
    }
  }

  async #readStream() {
    const response = await fetch("/api/v1/events", {
      headers: headers({ Accept: "text/event-stream" }),
      cache: "no-store",
      signal: this.#stream.signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`no stream: ${response.status}`);
    }
    this.#streaming = true;
    this.#heard = Date.now();
    this.refresh(); // what happened between the last look and the stream's beginning
    setTimeout(() => this.refresh(), LIST_AGE); // and what a list that had been kept did not tell
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new EventReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.#heard = Date.now();
      events.take(part.value).forEach(({ name, data }) => (name === "databases" ? this.#hearOfDatabases(data) : this.#hear(name, data)));
    }
  }

  #hearOfDatabases(databases) {
    this.#databases = databases;
    this.#report();
    this.refresh(); // which knows of when what is shown is
  }
}
