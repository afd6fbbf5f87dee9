// Asks the API, with the token when there is one. The token lives in this tab's session storage and nowhere else.

import { learnClock } from "./times.js";

const KEY = "qupersync.token";

export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: (value) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** What the API said instead of doing it (RFC 9457); status 0 when it said nothing at all. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The service answered ${status}.`);
    this.status = status;
    this.title = body.title;
    this.field = body.field;
    this.run = body.run;
  }
}

export function headers(more = {}) {
  const held = token.get();
  return held ? { ...more, Authorization: `Bearer ${held}` } : more;
}

/** @returns what the API answered, parsed; `null` for an empty answer. Throws a Problem. */
export async function call(method, path, body, more = {}) {
  const sent = body === undefined ? more : { ...more, "Content-Type": "application/json" };
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: headers({ Accept: "application/json", ...sent }),
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(method === "GET" ? 20_000 : 60_000),
    });
  } catch {
    throw new Problem(0, { detail: "The service cannot be reached." });
  }
  learnClock(response.headers.get("Date"));
  const answer = await response.text().catch(() => "");
  if (!response.ok) {
    throw new Problem(response.status, parsed(answer) ?? {});
  }
  return parsed(answer);
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const jobPath = (id, rest = "") => `/api/v1/jobs/${encodeURIComponent(id)}${rest}`;

/** The same trigger sent twice, by a double click or a retry, is one run. */
export function newKey() {
  return { "Idempotency-Key": Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
