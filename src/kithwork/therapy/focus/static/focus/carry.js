/** Carrying a row by its grip: it takes the place over which it is held, and stays there when it is let go. */

const EDGE = 90; // so near to the edge of the window, the page goes along
const STEP = 14;

/** @param {number} y */
function goAlong(y) {
  if (y < EDGE) scrollBy(0, -STEP);
  else if (y > innerHeight - EDGE) scrollBy(0, STEP);
}

/**
 * @param {HTMLElement} list
 * @param {(row: Element) => unknown} dropped
 */
export function bindCarrying(list, dropped) {
  /** @type {{row: HTMLElement, id: number, before: Element | null} | null} */
  let held = null;

  /** @param {number} y */
  function over(y) {
    for (const one of list.children) {
      const box = one.getBoundingClientRect();
      if (one !== held?.row && y >= box.top && y <= box.bottom) return { one, box };
    }
    return null;
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    if (!held || event.pointerId !== held.id) return;
    goAlong(event.clientY);
    const under = over(event.clientY);
    if (!under) return;
    const rows = [...list.children];
    const goesDown = rows.indexOf(held.row) < rows.indexOf(under.one);
    const middle = under.box.top + under.box.height / 2;
    // Only past the middle, so that a tall row and a short one don't change places again and again.
    if (goesDown && event.clientY > middle) under.one.after(held.row);
    if (!goesDown && event.clientY < middle) under.one.before(held.row);
  }

  /** @param {boolean} back */
  function letGo(back) {
    if (!held) return;
    const { row, before } = held;
    held = null;
    row.classList.remove("is-carried");
    if (back) list.insertBefore(row, before);
    else if (row.nextElementSibling !== before) dropped(row);
  }

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target instanceof Element ? event.target.closest("[data-kw-grip]") : null;
    const row = grip?.closest("[data-kw=row]");
    if (!grip || !(row instanceof HTMLElement) || event.button || !event.isPrimary) return;
    event.preventDefault();
    held = { row, id: event.pointerId, before: row.nextElementSibling };
    row.classList.add("is-carried");
  });
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", () => letGo(false));
  document.addEventListener("pointercancel", () => letGo(true));
  document.addEventListener("keydown", (event) => event.key === "Escape" && letGo(true));
}
