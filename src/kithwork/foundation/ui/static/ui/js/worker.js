/**
 * Lets the browser keep the pages that hold nothing of anybody: who to call, and the diary's empty page.
 *
 * Only where the page came safely; a browser without workers loses nothing but that.
 */

if ("serviceWorker" in navigator) {
  // After the page itself, so that nobody waits for it.
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => undefined));
}
