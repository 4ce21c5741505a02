/** Moving somebody: said at once, saved by the server, put back if that fails, taken back on request. */

import { said } from "../ui/js/words.js";
import { OFF, pointOf, ringName } from "./places.js";
import { person, save, say } from "./saving.js";

/** @typedef {import("./places.js").Place} Place */

const QUIET_MS = 450;
const TURN = 15;

/** @type {{id: string, place: Place}[]} */
const made = [];
/** Arrow presses that wait for a pause. @type {{id: string, from: Place, to: Place, stood: string | null, timer: number} | null} */
let waiting = null;

/** Whether an arrow key's move waits to be saved. */
export const isWaiting = () => waiting !== null;

/** @param {Element} disc @returns {Place} */
export const placeOf = (disc) => ({
  ring: disc.getAttribute("data-ring") || OFF,
  angle: disc.getAttribute("data-angle") || "",
});

/** @param {Element} disc @param {Place} from @param {Place} to */
function announce(disc, from, to) {
  const name = disc.getAttribute("data-name") || "";
  const how = to.ring === from.ring ? "moved-round" : "moved";
  say(said(how, { name, now: ringName(to.ring), then: ringName(from.ring) }));
}

/** @param {Element} disc @param {string | null} transform */
function stand(disc, transform) {
  if (transform && disc.hasAttribute("transform")) disc.setAttribute("transform", transform);
}

/** @param {Element} disc @param {Place} to */
export function move(disc, to) {
  made.push({ id: disc.getAttribute("data-person") || "", place: placeOf(disc) });
  return send(disc, placeOf(disc), to, disc.getAttribute("transform"));
}

/** @param {Element} disc @param {Place} from @param {Place} to @param {string | null} stood */
function send(disc, from, to, stood) {
  const id = disc.getAttribute("data-person") || "";
  const who = { id, name: disc.getAttribute("data-name") || "", url: disc.getAttribute("data-place") || "" };
  announce(disc, from, to);
  return save(who, { ring: to.ring, angle: to.ring === OFF ? "" : to.angle }, () => {
    const there = person(id);
    if (there) stand(there, stood);
  });
}

/** Save what the arrow keys did. */
export function flush() {
  if (!waiting) return Promise.resolve();
  const { id, from, to, stood, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  const disc = person(id);
  if (!disc) return Promise.resolve();
  made.push({ id, place: from });
  return send(disc, from, to, stood);
}

/** One press of an arrow key: closer, further, or round. @param {Element} disc @param {string} key */
export function step(disc, key) {
  const id = disc.getAttribute("data-person") || "";
  if (waiting && waiting.id !== id) flush();
  const from = waiting?.from || placeOf(disc);
  const stood = waiting ? waiting.stood : disc.getAttribute("transform");
  const to = stepped(waiting?.to || from, key);
  if (to.ring !== OFF) {
    const { x, y } = pointOf(to);
    stand(disc, `translate(${x} ${y})`);
  }
  announce(disc, from, to);
  clearTimeout(waiting?.timer);
  waiting = { id, from, to, stood, timer: setTimeout(flush, QUIET_MS) };
}

/** @param {Place} place @param {string} key @returns {Place} */
function stepped(place, key) {
  const rank = place.ring === OFF ? 5 : Number(place.ring);
  const next = Math.min(5, Math.max(1, rank + ({ ArrowUp: -1, ArrowDown: 1 }[key] || 0)));
  const turn = { ArrowLeft: -TURN, ArrowRight: TURN }[key] || 0;
  const ring = next === 5 ? OFF : String(next);
  return { ring, angle: turn ? String((Number(place.angle || 90) + turn + 360) % 360) : place.angle };
}

/** Take the last move back: one more dated placement, where they stood before. */
export async function takeBack() {
  await flush();
  const before = made.pop();
  const disc = before && person(before.id);
  if (before && disc) await send(disc, placeOf(disc), before.place, disc.getAttribute("transform"));
}
