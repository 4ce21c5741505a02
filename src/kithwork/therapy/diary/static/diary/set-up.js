/**
 * Chooses, for this phone, to write without a network: makes a key from a passphrase and keeps how to tell it again.
 *
 * Bound to `<template data-kw-set-up="mark">`. The passphrase is in no form that could be sent.
 */

import { said } from "../ui/js/words.js";
import { addPhone, entriesOf, forget, isOn } from "./phone.js";
import { ROUNDS, keyFrom, newSalt, seal } from "./sealing.js";

const SHORTEST = 12;

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-kw-set-up]"));
const mark = template.dataset.kwSetUp || "";
template.replaceWith(template.content);
document.querySelector("[data-kw-needs-script]")?.remove();

/** @param {string} name @returns {any} */
const part = (name) => document.querySelector(`[data-kw-${name}]`);

async function show() {
  const on = await isOn(mark);
  part("is-on").hidden = !on;
  part("choose").hidden = on;
}

/** @param {string} words */
const say = (words) => Object.assign(part("set-up-says"), { textContent: words, hidden: !words });

/** @param {SubmitEvent} event */
async function onChoose(event) {
  event.preventDefault();
  const [first, again] = part("choose").querySelectorAll("input");
  if (first.value.length < SHORTEST) return say(said("too-short", { least: SHORTEST }));
  if (first.value !== again.value) return say(said("not-the-same"));
  say("");
  const salt = newSalt();
  const key = await keyFrom(first.value, salt, ROUNDS);
  await addPhone({ mark, salt, rounds: ROUNDS, proof: await seal(key, mark, { mark }) });
  first.value = again.value = "";
  await show();
}

async function onTurnOff() {
  const left = (await entriesOf(mark)).length;
  const off = part("turn-off");
  if (left && !off.dataset.sure) {
    off.dataset.sure = "yes";
    off.textContent = said("take-away");
    return say(said("unsent", { count: left }));
  }
  await forget(mark);
  say("");
  await show();
}

part("choose").addEventListener("submit", onChoose);
part("turn-off").addEventListener("click", onTurnOff);
show();
