/**
 * The parts of the page without a network: finds them, says something in them, draws the list.
 */

import { language, said } from "../ui/js/words.js";

/** @typedef {import("./opening.js").Waiting} Waiting */
/** @typedef {import("./sending.js").Outcome} Outcome */

/** @param {string} name @returns {any} */
export const part = (name) => document.querySelector(`[data-kw-${name}]`);

/** @param {HTMLElement} place @param {string} words @param {string} [link] @param {string} [to] */
export function say(place, words, link = "", to = "") {
  if (!place.hidden && place.dataset.said === words) return; // said once, and not again with every try
  place.dataset.said = words;
  place.textContent = words ? `${words} ` : "";
  if (link) place.append(Object.assign(document.createElement("a"), { href: to, textContent: link }));
  place.hidden = !words;
}

/** @param {HTMLElement} state @param {Outcome | ""} outcome of sending */
export function tell(state, outcome) {
  if (outcome === "sent") {
    const at = new Date().toLocaleTimeString(language(), { hour: "numeric", minute: "2-digit", hour12: true });
    say(state, said("sent", { at }), said("my-diary"), "/me/diary/");
    state.dataset.kw = "saved";
    return;
  }
  delete state.dataset.kw;
  if (outcome === "sign-in") say(state, said("sign-in"), said("signing-in"), "/sign-in/?next=/offline/");
  else if (typeof outcome === "string" && outcome) say(state, said(outcome));
  else if (outcome) say(state, said("not-sent"));
}

/** @param {Waiting} one @param {string} mood @param {string | undefined} why @param {{change: () => void, drop: () => void}} does */
export function line(one, mood, why, does) {
  const item = part("entry").content.firstElementChild.cloneNode(true);
  const day = new Date(`${one.entry.on}T12:00`).toLocaleDateString(language(), { weekday: "long", day: "numeric", month: "long" });
  item.querySelector("[data-kw-day]").textContent = [day, mood].filter(Boolean).join(", ");
  item.querySelector("[data-kw-words]").textContent = one.entry.words;
  if (why) say(item.querySelector("[data-kw-why]"), said("refused", { why }));
  item.querySelector("[data-kw-change]").hidden = !why;
  item.querySelector("[data-kw-change]").addEventListener("click", does.change);
  item.querySelector("[data-kw-drop]").addEventListener("click", does.drop);
  return item;
}

let drawn = "";
/** How often the list was asked for: of two looks the later one is right, whichever comes back first. */
let looks = 0;

/**
 * @param {() => Promise<Waiting[]>} look @param {(one: Waiting) => string | undefined} why
 * @param {(one: Waiting) => HTMLElement} lineOf
 */
export async function drawList(look, why, lineOf) {
  looks += 1;
  const own = looks;
  const all = await look();
  if (own !== looks) return all;
  const now = JSON.stringify(all.map((one) => [one, why(one)]));
  // Whoever is on a button of the list stays there while nothing has changed.
  if (now !== drawn) part("list").replaceChildren(...all.map(lineOf));
  drawn = now;
  part("listed").hidden = all.length === 0;
  return all;
}

export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
