/**
 * While the picture is open, what the other saves appears here too, and nothing that is being written here is lost.
 *
 * htmx asks every second and a half with the mark of what this page shows. Nothing new is an empty answer. Otherwise
 * each part is brought up to date. A box in which somebody has begun to write is left alone, with the revision that it
 * was begun on: the newer words are shown beside it, and the server offers both texts once more when it is saved.
 */

const isDirty = (/** @type {Element} */ place) => [...place.querySelectorAll("textarea, input[type='checkbox']")].some((one) =>
  one instanceof HTMLTextAreaElement ? one.value !== one.defaultValue
    : one instanceof HTMLInputElement && one.checked !== one.defaultChecked);

/** @param {Element} part @param {Element} fresh */
function sayNewer(part, fresh) {
  const place = part.querySelector("[data-kw-newer]"), last = fresh.querySelector("[data-kw-last]");
  if (!(place instanceof HTMLElement) || !last) return;
  const said = Object.assign(document.createElement("p"), { textContent: last.textContent });
  const parts = [said];
  if (isDirty(part)) {
    const words = fresh.querySelector(".kw-words"), hint = fresh.querySelector("[data-kw-both]");
    if (words) parts.push(/** @type {HTMLElement} */ (words.cloneNode(true)));
    parts.push(Object.assign(document.createElement("p"), { textContent: hint?.textContent || "" }));
  }
  place.replaceChildren(...parts);
  place.hidden = false;
  const status = document.querySelector("[data-kw-status]"), title = part.querySelector("h2");
  if (status) status.textContent = `${title?.textContent?.trim()}: ${said.textContent?.trim()}`;
}

/** Give a box that nobody has written in the newer words, and the revision that they are. @param {Element} part @param {Element} fresh */
function renew(part, fresh) {
  const [box, newer] = [part, fresh].map((one) => one.querySelector("[data-kw-joint] textarea"));
  const [base, newBase] = [part, fresh].map((one) => one.querySelector("[data-kw-joint] input[name$='_base']"));
  if (!(box instanceof HTMLTextAreaElement) || !(newer instanceof HTMLTextAreaElement)) return;
  if (!(base instanceof HTMLInputElement) || !(newBase instanceof HTMLInputElement)) return;
  box.defaultValue = box.value = newer.defaultValue;
  base.value = newBase.value;
}

/**
 * Nobody signs words that changed under the hand: the buttons of another wording are not brought to a page on which
 * it has not been read. @param {Element} live @param {Element} fresh
 */
function withholdSigning(live, fresh) {
  if (live.getAttribute("data-version") === fresh.getAttribute("data-version")) return;
  for (const form of fresh.querySelectorAll("form")) form.remove();
  const reread = document.querySelector("[data-kw-reread]");
  if (reread instanceof HTMLElement) reread.hidden = false;
}

/** @param {Document} page */
function bringUpToDate(page) {
  for (const part of document.querySelectorAll("[data-kw-part]")) {
    const fresh = page.getElementById(part.id), base = fresh?.getAttribute("data-base") || "";
    if (!fresh || base === part.getAttribute("data-base")) continue;
    sayNewer(part, fresh);
    if (!isDirty(part)) renew(part, fresh);
    part.setAttribute("data-base", base);
  }
  for (const live of document.querySelectorAll("[data-kw-live]")) {
    const fresh = page.getElementById(live.id);
    if (fresh) withholdSigning(live, fresh);
    const isSigning = live.hasAttribute("data-version");
    const isHeld = !isSigning && (live.contains(document.activeElement) || isDirty(live));
    if (fresh && !isHeld && live.innerHTML !== fresh.innerHTML) live.replaceChildren(...fresh.childNodes);
  }
}

/** @param {Event} event */
const follows = (event) => event.target instanceof Element && event.target.matches("[data-kw-follow-words]");

document.addEventListener("htmx:before:request", (event) => {
  if (follows(event) && (document.hidden || document.querySelector("[data-kw-sending]"))) event.preventDefault();
});

document.addEventListener("htmx:after:request", (event) => {
  if (!follows(event)) return;
  event.preventDefault();
  const { response, text, request } = /** @type {CustomEvent} */ (event).detail.ctx;
  // A redirect leads to the sign-in page. What is being written here must not go with it: only a clean page follows.
  if (response.raw.redirected) {
    if (!isDirty(document.body)) location.reload();
    return;
  }
  const seen = document.querySelector("[data-kw-follow-words] [name=seen]");
  const asked = new URL(request.action, location.href).searchParams.get("seen");
  const isLate = !(seen instanceof HTMLInputElement) || seen.value !== asked;
  if (response.status === 200 && !isLate) bringUpToDate(new DOMParser().parseFromString(text, "text/html"));
});
