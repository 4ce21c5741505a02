/**
 * Keeps what is being written on the server while it is being written. Only Save makes it part of the record.
 *
 * Bound to `form[data-kw-draft]`, whose `data-kw-fields` names what is kept. Before any other form is sent, or a link
 * followed, what was not kept yet goes first, so that the next page shows it again. Nothing is stored in the browser.
 */

const PAUSE_MS = 1200;
const LEAST_APART_MS = 5000;
const AGAIN_AFTER_MS = 4000;
const LONGEST_WAIT_MS = 4000;

/** @type {Draft[]} */
const drafts = [];

class Draft {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.names = (form.dataset.kwFields || "").split(" ").filter(Boolean);
    this.state = /** @type {HTMLElement} */ (form.querySelector("[data-kw-draft-state]"));
    // What came unsaved with the page, or was refused, may not be kept yet as it stands.
    this.kept = form.hasAttribute("data-kw-unsaved") ? "" : this.now();
    this.saved = form.hasAttribute("data-kw-unsaved") ? "" : this.now();
    this.last = 0;
    this.timer = 0;
    /** @type {Promise<void> | null} */
    this.under_way = null;
    form.addEventListener("input", () => this.changed());
    if (form.hasAttribute("data-kw-unsaved")) this.wait(PAUSE_MS);
  }

  now() {
    return JSON.stringify(this.names.map((name) => this.field(name).value));
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  get waits() {
    return this.now() !== this.kept;
  }

  /** @param {"saved" | "dirty" | "kept" | "failed"} what @param {string} time */
  say(what, time = "") {
    const words = this.state.querySelector("[data-kw-state-words]");
    const said = this.state.getAttribute(`data-said-${what}`) || "";
    if (words && words.textContent !== said) words.textContent = said;
    const at = this.state.querySelector("[data-kw-state-time]");
    if (at) at.textContent = time;
    this.state.dataset.state = what;
  }

  changed() {
    if (this.now() === this.saved) this.say("saved");
    else if (this.waits) this.say("dirty");
    this.wait(Math.max(PAUSE_MS, LEAST_APART_MS - (Date.now() - this.last)));
  }

  /** @param {number} long */
  wait(long) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), long);
  }

  body() {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", ...this.names]) body.set(name, this.field(name).value);
    return body;
  }

  /** One at a time, so that an older text never arrives after a newer one. */
  async keep() {
    clearTimeout(this.timer);
    while (this.under_way) await this.under_way;
    if (!this.waits) return;
    this.under_way = this.send().finally(() => {
      this.under_way = null;
    });
    await this.under_way;
  }

  async send() {
    const now = this.now();
    this.last = Date.now();
    try {
      const answer = await fetch(this.form.dataset.kwDraft || "", { method: "POST", body: this.body(), credentials: "same-origin", keepalive: true });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const { kept } = await answer.json();
      this.kept = now;
      if (!this.waits) this.say(now === this.saved ? "saved" : "kept", now === this.saved ? "" : kept);
    } catch {
      this.say("failed");
      this.wait(AGAIN_AFTER_MS);
    }
  }
}

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
