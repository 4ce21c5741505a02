/**
 * Signing out takes what waits on this phone with it: said first, where something does.
 *
 * Bound to `<form action="/sign-out/">`. Another account's part of the phone stays, sealed as it is.
 */

import { said } from "../ui/js/words.js";
import { everything, forget, phones } from "./phone.js";
import { whoIsIn } from "./sending.js";

/** @param {HTMLFormElement} form @param {number} count */
function warn(form, count) {
  const note = Object.assign(document.createElement("p"), { className: "kw-notice" });
  note.setAttribute("role", "status");
  note.append(`${said("unsent", { count })} `);
  note.append(Object.assign(document.createElement("a"), { href: "/offline/", textContent: said("send-first") }));
  form.before(note);
  const button = form.querySelector("button");
  if (button) button.lastChild?.replaceWith(` ${said("all-the-same")}`);
}

/** @param {HTMLFormElement} form */
async function leave(form) {
  const who = await whoIsIn();
  const mark = typeof who === "object" && "mark" in who ? who.mark : "";
  const all = await everything();
  const mine = all.filter((kept) => kept.mark === mark);
  if (mine.length && !form.dataset.kwWarned) {
    form.dataset.kwWarned = "yes";
    return warn(form, mine.length);
  }
  if (mark) await forget(mark);
  if ((await phones()).length) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "keep", value: "others" }));
  }
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("form[action='/sign-out/']")) return;
  event.preventDefault();
  leave(form).catch(() => HTMLFormElement.prototype.submit.call(form));
});
