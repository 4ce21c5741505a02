/**
 * Keeps what is being written on the server while it is being written. Only Save makes it part of the record.
 *
 * Bound to `form[data-kw-draft]`, whose `data-kw-fields` names what is kept. Before any other form is sent, or a link
 * followed, what was not kept yet goes first, so that the next page shows it again. Nothing is stored in the browser.
 */

import { Draft } from "./drafting.js";

const LONGEST_WAIT_MS = 4000;

/** @type {Draft[]} */
const drafts = [];

/** Whatever is not kept yet, in all forms but the one that is being saved. @param {HTMLFormElement | null} besides */
function flush(besides) {
  const waiting = drafts.map((one) => (one.form === besides ? one.under_way : one.waits || one.under_way ? one.keep() : null));
  const left = waiting.filter(Boolean);
  if (!left.length) return null;
  const enough = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
  return Promise.race([Promise.allSettled(left), enough]);
}

const released = new WeakSet();

/** @param {SubmitEvent} event */
function beforeSending(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const own = drafts.find((one) => one.form === form);
  if (own) clearTimeout(own.timer);
  if (own && released.has(form)) own.kept = own.now();
  if (released.delete(form) || form.hasAttribute("data-kw-moves")) return;
  const first = flush(form);
  if (!first) {
    if (own) own.kept = own.now();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  void first.then(() => {
    released.add(form);
    form.requestSubmit(submitter);
  });
}

/** @param {MouseEvent} event */
function beforeLeaving(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link.origin !== location.origin || (link.pathname + link.search === location.pathname + location.search && link.hash)) return;
  const first = flush(null);
  if (!first) return;
  event.preventDefault();
  void first.then(() => location.assign(link.href));
}

/** @param {BeforeUnloadEvent} event */
function warn(event) {
  const lost = drafts.some((one) => one.waits && one.state.dataset.state === "failed");
  if (lost) event.preventDefault();
}

function keepAll() {
  for (const one of drafts) if (one.waits) void one.keep();
}

for (const form of document.querySelectorAll("form[data-kw-draft]")) {
  if (form instanceof HTMLFormElement) drafts.push(new Draft(form));
}
// Before everything else that listens, so that a form is marked as sent only when it is.
addEventListener("submit", beforeSending, true);
addEventListener("click", beforeLeaving, true);
addEventListener("beforeunload", warn);
addEventListener("pagehide", keepAll);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepAll());
