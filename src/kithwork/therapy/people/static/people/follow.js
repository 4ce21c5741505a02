/**
 * While a session is open, the other's moves appear here too.
 *
 * htmx asks every second with the mark of what this page shows. Nothing new is an empty answer; otherwise the
 * picture is swapped, unless somebody is just moving a person here, and what moved is said.
 */

import { said } from "../ui/js/words.js";
import { isWaiting } from "./moves.js";
import { ringName } from "./places.js";
import { PICTURE, isSaving, say, swap } from "./saving.js";

const busy = () => document.hidden || isWaiting() || isSaving() || document.querySelector(".is-carried") !== null;

/** @returns {Map<string, {name: string, ring: string}>} */
function standing() {
  const all = [...document.querySelectorAll("[data-kw='person'][data-person]")];
  return new Map(all.map((one) => [one.getAttribute("data-person") || "", {
    name: one.getAttribute("data-name") || "", ring: one.getAttribute("data-ring") || "off",
  }]));
}

/** @param {ReturnType<typeof standing>} before */
function sayWhatMoved(before) {
  const moved = [...standing()].filter(([id, now]) => before.has(id) && before.get(id)?.ring !== now.ring);
  const words = moved.map(([id, now]) =>
    said("moved", { name: now.name, now: ringName(now.ring), then: ringName(before.get(id)?.ring || "off") }));
  if (words.length) say(words.join(". "));
}

/** @param {Event} event */
const follows = (event) => event.target instanceof Element && event.target.matches("[data-kw-follow]");

document.addEventListener("htmx:before:request", (event) => {
  if (follows(event) && busy()) event.preventDefault();
});

document.addEventListener("htmx:after:request", (event) => {
  if (!follows(event)) return;
  event.preventDefault();
  const { response, text, request } = /** @type {CustomEvent} */ (event).detail.ctx;
  // A redirect leads to the sign-in page: this page goes there too, so that nothing stays open to be read.
  if (response.raw.redirected) location.reload();
  const seen = document.querySelector("[data-kw-follow] [name=seen]");
  const asked = new URL(request.action, location.href).searchParams.get("seen");
  const isLate = !(seen instanceof HTMLInputElement) || seen.value !== asked;
  if (response.status !== 200 || isLate || busy()) return;
  const before = standing();
  swap(text, PICTURE);
  sayWhatMoved(before);
});
