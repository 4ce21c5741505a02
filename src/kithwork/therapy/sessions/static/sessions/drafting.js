/** One form whose words are kept on the server while they are being written, and what it says of them. */

const PAUSE_MS = 1200;
const LEAST_APART_MS = 5000;
const AGAIN_AFTER_MS = 4000;

export class Draft {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.names = (form.dataset.kwFields || "").split(",").filter(Boolean);
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
