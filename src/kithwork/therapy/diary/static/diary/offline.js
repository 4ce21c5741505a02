/**
 * The diary without a network: opens with the passphrase, keeps sealed entries on the phone, sends each once.
 *
 * Bound to `<template data-kw-offline>`. The key lives in this page alone and goes with it.
 */

import { said } from "../ui/js/words.js";
import { drawList, line, part, say, tell, today } from "./offline-page.js";
import { open, waiting } from "./opening.js";
import { drop, keep } from "./phone.js";
import { newName, seal } from "./sealing.js";
import { send, whoIsIn } from "./sending.js";

/** @typedef {import("./sending.js").Outcome} Outcome */
/** @typedef {import("./opening.js").Waiting} Waiting */

const AGAIN_MS = 15_000;

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-kw-offline]"));
template.replaceWith(template.content);
document.querySelector("[data-kw-needs-script]")?.remove();

const [opener, room, form, state] = ["open", "room", "write", "state"].map(part);

/** @type {import("./opening.js").Mine | null} */
let mine = null;
/** @type {Map<string, string>} why an entry was refused, by its id */
const refused = new Map();
/** @type {Waiting | null} the refused entry that is being changed */
let changing = null;
let keeping = false;
let sending = false;
/** Asked for while a sending was under way: what it found out may be old by now. */
let wanted = false;

/** @param {Waiting} one */
function lineOf(one) {
  const mood = form.querySelector(`[name=mood][value="${one.entry.mood}"]`)?.closest("label")?.textContent.trim();
  const does = { change: () => change(one), drop: () => drop(one.id).then(show) };
  return line(one, mood, refused.get(one.id), does);
}

/** Busy until what was written is kept and what waits has been tried. */
function settle() {
  room.setAttribute("aria-busy", String(keeping || sending));
}

function show() {
  return drawList(async () => (mine ? waiting(mine) : []), (one) => refused.get(one.id), lineOf);
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

/** @param {SubmitEvent} event */
async function onWrite(event) {
  event.preventDefault();
  if (!mine || keeping) return;
  const given = new FormData(form);
  const [mood, words, sharing, on] = ["mood", "words", "sharing", "on"].map((name) => String(given.get(name) || ""));
  if (!mood && !words.trim()) return say(state, said("nothing-yet"));
  keeping = true;
  settle();
  try {
    await keepOne({ on: on || today(), mood, words, sharing, words_sharing: sharing });
  } finally {
    keeping = false;
    settle();
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
  say(state, said("kept"));
  await show();
}

async function sendAll() {
  wanted = true;
  if (!mine || sending) return;
  sending = true;
  settle();
  try {
    while (wanted) {
      wanted = false;
      const all = await show();
      if (all.length) tell(state, await sendEach(all));
      await show();
    }
  } finally {
    // Nothing is awaited between the last look at `wanted` and here: a wish that comes now starts anew.
    sending = false;
    settle();
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

/** @param {SubmitEvent} event */
async function onOpen(event) {
  event.preventDefault();
  const field = opener.querySelector("input");
  say(part("opener-says"), said("opening"));
  mine = await open(field.value);
  field.value = "";
  if (!mine) return say(part("opener-says"), said("opens-nothing"));
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
