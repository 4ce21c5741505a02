/**
 * Sends what waited on a phone. Whether there is a network is found out by asking, never by what the browser believes.
 *
 * @typedef {{mark: string, token: string}} Who
 * @typedef {"sent" | "sign-in" | "somebody-else" | "no-answer" | {refused: string}} Outcome
 */

import { said } from "../ui/js/words.js";

const ADDRESS = "/me/diary/phone/";
const WAIT_MS = 20_000;

/** @param {RequestInit} [more] */
async function ask(more) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WAIT_MS);
  try {
    const answer = await fetch(ADDRESS, {
      credentials: "same-origin", redirect: "manual", cache: "no-store", signal: stop.signal, ...more,
    });
    const says = await answer.json().catch(() => null);
    return { status: answer.type === "opaqueredirect" ? 401 : answer.status, says };
  } catch {
    return { status: 0, says: null };
  } finally {
    clearTimeout(timer);
  }
}

/** Who is signed in on this phone now. @returns {Promise<Who | Outcome>} */
export async function whoIsIn() {
  const { status, says } = await ask();
  if (status === 200 && says?.mark) return says;
  if (status === 401) return "sign-in";
  return status === 404 ? "somebody-else" : "no-answer";
}

/**
 * @param {Record<string, string>} entry with the key under which it has one effect
 * @param {Who} who
 * @returns {Promise<Outcome>}
 */
export async function send(entry, who) {
  const body = new URLSearchParams({ ...entry, phone: who.mark, csrfmiddlewaretoken: who.token });
  const { status, says } = await ask({ method: "POST", body });
  if (status === 200 && says?.why === "saved") return "sent";
  if (says?.why === "refused") return { refused: says.says.join(" ") };
  if (says?.why === "not-yours" || status === 404) return "somebody-else";
  if (status === 401 || status === 403) return "sign-in";
  if (status === 422) return { refused: said("not-taken") };
  return "no-answer";
}
