/**
 * The agenda's order by arrow keys and by pointer; each of its buttons without a new page.
 *
 * Bound to `[data-kw-agenda]`. It sends the very forms that stand in the lines, and puts the agenda that comes back in
 * place of the old one, with the focus where it was. Without this script the same buttons do it.
 */

const STARTS_AFTER = 4;

for (const agenda of document.querySelectorAll("[data-kw-agenda]")) {
  if (agenda instanceof HTMLElement) bind(agenda);
}

/** @param {HTMLElement} agenda */
function bind(agenda) {
  const lines = /** @type {HTMLElement} */ (agenda.querySelector("[data-kw-agenda-lines]"));
  const status = document.getElementById("kw-status");
  let busy = false;

  /** @returns {HTMLElement[]} */
  const items = () => [...lines.querySelectorAll("[data-kw-line]")].filter((one) => one instanceof HTMLElement);
  /** @param {string} id */
  const find = (id) => items().find((one) => one.dataset.kwLine === id);

  function ready() {
    for (const grip of lines.querySelectorAll("[data-kw-grip]")) if (grip instanceof HTMLElement) grip.hidden = false;
  }

  /** @param {string} words */
  function say(words) {
    if (status) status.textContent = words;
  }

  /** @param {string} id @param {string} act @param {string} what */
  function told(id, act, what) {
    const place = items().findIndex((one) => one.dataset.kwLine === id) + 1;
    const kind = ["up", "down", "to"].includes(act) ? "moved" : act;
    const words = agenda.getAttribute(`data-said-${kind}`) || "";
    say(words.replace("{what}", what).replace("{place}", String(place)).replace("{all}", String(items().length)));
  }

  /** @param {HTMLFormElement} form @param {Record<string, string>} more @param {string} focus */
  async function send(form, more, focus) {
    if (busy) return;
    busy = true;
    const line = form.closest("[data-kw-line]");
    const id = (line instanceof HTMLElement && line.dataset.kwLine) || "";
    const what = (line instanceof HTMLElement && line.dataset.what) || "";
    const body = new FormData(form);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      lines.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      ready();
      told(id, more.act || "", what);
      const next = document.getElementById(focus) || find(id)?.querySelector("button:not([hidden])");
      if (next instanceof HTMLElement) next.focus();
      else agenda.querySelector("input[name=item]")?.focus?.();
    } catch {
      say(agenda.dataset.saidFailed || "");
    } finally {
      busy = false;
    }
  }

  /** @param {HTMLElement} item @param {string} act @param {string} focus @param {string} place */
  function move(item, act, focus, place = "") {
    const form = item.querySelector("form[data-kw-moves]");
    if (form instanceof HTMLFormElement) void send(form, place ? { act, place } : { act }, focus);
  }

  agenda.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-kw-moves]")) return;
    event.preventDefault();
    const button = event.submitter;
    if (button instanceof HTMLButtonElement) void send(form, { [button.name]: button.value }, button.id);
  });

  agenda.addEventListener("keydown", (event) => {
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = event.target instanceof Element && event.target.closest("[data-kw-line]");
    if (!(item instanceof HTMLElement) || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    move(item, event.key === "ArrowUp" ? "up" : "down", event.target.id);
  });

  /** @type {{item: HTMLElement, id: number, y: number, moved: boolean} | null} */
  let held = null;

  function letGo() {
    held?.item.classList.remove("is-carried");
    for (const one of items()) one.classList.remove("is-under");
    held = null;
  }

  /** Where the pointer would put it: after every line whose middle lies above. @param {number} y */
  function placeAt(y) {
    const others = items().filter((one) => one !== held?.item);
    return others.filter((one) => one.getBoundingClientRect().top + one.offsetHeight / 2 < y).length;
  }

  agenda.addEventListener("pointerdown", (event) => {
    const grip = event.target instanceof Element && event.target.closest("[data-kw-grip]");
    const item = grip && grip.closest("[data-kw-line]");
    if (!(item instanceof HTMLElement) || event.button || !event.isPrimary) return;
    held = { item, id: event.pointerId, y: event.clientY, moved: false };
    /** @type {HTMLElement} */ (grip).setPointerCapture(event.pointerId);
  });
  agenda.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.id) return;
    if (!held.moved && Math.abs(event.clientY - held.y) < STARTS_AFTER) return;
    held.moved = true;
    held.item.classList.add("is-carried");
    const others = items().filter((one) => one !== held?.item);
    const place = placeAt(event.clientY);
    for (const [number, one] of others.entries()) one.classList.toggle("is-under", number === place);
  });
  agenda.addEventListener("pointerup", (event) => {
    if (!held || event.pointerId !== held.id) return;
    const { item, moved } = held;
    const place = placeAt(event.clientY);
    const was = items().indexOf(item);
    letGo();
    if (moved && place !== was) move(item, "to", `g-${item.dataset.kwLine}`, String(place));
  });
  agenda.addEventListener("pointercancel", letGo);
  addEventListener("keydown", (event) => event.key === "Escape" && letGo());
  ready();
}
