/**
 * The diary without a network: opens with the passphrase, keeps sealed entries on the phone, sends each once.
 *
 * Bound to `<template data-kw-offline>`. The key lives in this page alone and goes with it.
 */

import { drop, entriesOf, keep, phones } from "./phone.js";
import { keyFrom, newName, seal, unseal } from "./sealing.js";
import { send, whoIsIn } from "./sending.js";

/** @typedef {import("./sending.js").Outcome} Outcome */
/** @typedef {{id: string, entry: Record<string, string>, refused?: string}} Waiting */

const AGAIN_MS = 15_000;
const SAYS = {
  "no-answer": "There is no network now. It is sent when there is one and this page is open.",
  "sign-in": "To send it, sign in. It stays on this phone until then.",
  "somebody-else": "Somebody else is signed in on this phone. To send it, they sign out and you sign in.",
};

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-kw-offline]"));
template.replaceWith(template.content);
document.querySelector("[data-kw-needs-script]")?.remove();

/** @param {string} name @returns {any} */
const part = (name) => document.querySelector(`[data-kw-${name}]`);
const [opener, room, form, list, state] = ["open", "room", "write", "list", "state"].map(part);

/** @type {{mark: string, key: CryptoKey} | null} */
let mine = null;
/** @type {Map<string, string>} why an entry was refused, by its id */
const refused = new Map();
/** @type {Waiting | null} the refused entry that is being changed */
let changing = null;
let keeping = false;
let shown = "";
let sending = false;
/** Asked for while a sending was under way: what it found out may be old by now. */
let wanted = false;

/** @param {HTMLElement} place @param {string} words @param {string} [link] @param {string} [to] */
function say(place, words, link = "", to = "") {
  if (!place.hidden && place.dataset.said === words) return; // said once, and not again with every try
  place.dataset.said = words;
  place.textContent = words ? `${words} ` : "";
  if (link) place.append(Object.assign(document.createElement("a"), { href: to, textContent: link }));
  place.hidden = !words;
}

/** @param {string} passphrase */
async function open(passphrase) {
  const found = [];
  for (const phone of await phones()) {
    const key = await keyFrom(passphrase, phone.salt, phone.rounds);
    const proven = await unseal(key, phone.mark, phone.proof).catch(() => null);
    if (proven) found.push({ mark: phone.mark, key });
  }
  if (found.length < 2) return found[0] || null;
  // Two people chose the same words. Only whoever is signed in can tell whose page this is.
  const who = await whoIsIn();
  return found.find((one) => typeof who === "object" && "mark" in who && one.mark === who.mark) || null;
}

/** @returns {Promise<Waiting[]>} */
async function waiting() {
  if (!mine) return [];
  const { key, mark } = mine;
  const all = await entriesOf(mark);
  const opened = await Promise.all(
    all.map(async (kept) => ({ id: kept.id, entry: await unseal(key, `${mark}|${kept.id}`, kept) })),
  );
  return opened.sort((one, other) => one.entry.written.localeCompare(other.entry.written));
}

/** @param {Waiting} one */
function line(one) {
  const item = part("entry").content.firstElementChild.cloneNode(true);
  const chosen = form.querySelector(`[name=mood][value="${one.entry.mood}"]`)?.closest("label")?.textContent.trim();
  const day = new Date(`${one.entry.on}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
  item.querySelector("[data-kw-day]").textContent = [day, chosen].filter(Boolean).join(", ");
  item.querySelector("[data-kw-words]").textContent = one.entry.words;
  const why = refused.get(one.id);
  if (why) say(item.querySelector("[data-kw-why]"), `This could not be sent: ${why} It stays on this phone.`);
  item.querySelector("[data-kw-change]").hidden = !why;
  item.querySelector("[data-kw-change]").addEventListener("click", () => change(one));
  item.querySelector("[data-kw-drop]").addEventListener("click", () => drop(one.id).then(show));
  return item;
}

async function show() {
  const all = await waiting();
  const now = JSON.stringify(all.map((one) => [one, refused.get(one.id)]));
  // Whoever is on a button of the list stays there while nothing has changed.
  if (now !== shown) list.replaceChildren(...all.map(line));
  shown = now;
  part("listed").hidden = all.length === 0;
  return all;
}

/** @param {Waiting} one */
function change(one) {
  changing = one;
  for (const name of ["mood", "words", "on", "sharing"]) {
    const field = form.elements.namedItem(name);
    if (field) field.value = one.entry[name];
  }
  form.scrollIntoView();
}

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** @param {SubmitEvent} event */
async function onWrite(event) {
  event.preventDefault();
  if (!mine || keeping) return;
  const given = new FormData(form);
  const [mood, words, sharing, on] = ["mood", "words", "sharing", "on"].map((name) => String(given.get(name) || ""));
  if (!mood && !words.trim()) return say(state, "Choose how the day was, or write a word.");
  keeping = true;
  room.setAttribute("aria-busy", "true");
  try {
    await keepOne({ on: on || today(), mood, words, sharing, words_sharing: sharing });
  } finally {
    keeping = false;
  }
  await sendAll();
}

/** @param {Record<string, string>} told */
async function keepOne(told) {
  const { id, key } = changing ? { id: changing.id, key: changing.entry.key } : { id: newName(), key: newName() };
  const sealed = await seal(mine.key, `${mine.mark}|${id}`, { ...told, key, written: new Date().toISOString() });
  await keep({ id, mark: mine.mark, ...sealed });
  refused.delete(id);
  changing = null;
  form.reset();
  form.elements.namedItem("on").value = today();
  delete state.dataset.kw;
  say(state, "On this phone, not sent yet.");
  await show();
}

async function sendAll() {
  wanted = true;
  if (!mine || sending) return;
  sending = true;
  room.setAttribute("aria-busy", "true");
  try {
    while (wanted) {
      wanted = false;
      const all = await show();
      if (all.length) tell(await sendEach(all));
    }
  } finally {
    await show();
    sending = false;
    room.setAttribute("aria-busy", "false");
  }
}

/** @param {Waiting[]} all @returns {Promise<Outcome | "">} */
async function sendEach(all) {
  const who = await whoIsIn();
  if (typeof who === "string" || !("mark" in who)) return who;
  if (who.mark !== mine?.mark) return "somebody-else";
  /** @type {Outcome | ""} */
  let last = "";
  for (const one of all) {
    if (refused.has(one.id)) continue;
    const { written: _, ...fields } = one.entry;
    last = await send(fields, who);
    if (last === "sent") await drop(one.id);
    else if (typeof last === "object") refused.set(one.id, last.refused);
    else return last;
  }
  return last;
}

/** @param {Outcome | ""} outcome */
function tell(outcome) {
  if (outcome === "sent") {
    const at = new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true });
    say(state, `Saved ${at}. Nothing waits on this phone now.`, "My diary", "/me/diary/");
    state.dataset.kw = "saved";
    return;
  }
  delete state.dataset.kw;
  if (outcome === "sign-in") say(state, SAYS[outcome], "Sign in", "/sign-in/?next=/offline/");
  else if (typeof outcome === "string" && outcome) say(state, SAYS[outcome]);
  else if (outcome) say(state, "Something could not be sent. It stays below.");
}

/** @param {SubmitEvent} event */
async function onOpen(event) {
  event.preventDefault();
  const field = opener.querySelector("input");
  say(part("opener-says"), "Opening…");
  mine = await open(field.value);
  field.value = "";
  if (!mine) return say(part("opener-says"), "These words open nothing on this phone.");
  opener.hidden = true;
  room.hidden = false;
  form.elements.namedItem("on").value = today();
  form.querySelector("input[name=mood]").focus();
  await sendAll();
}

opener.addEventListener("submit", onOpen);
form.addEventListener("submit", onWrite);
addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => document.hidden || sendAll());
setInterval(sendAll, AGAIN_MS);
