/**
 * The service worker: without a network it shows who to call, and the diary's empty page. Nothing that belongs to
 * anybody is ever kept: what it keeps, it has fetched as somebody who is signed out.
 */

/** @type {{version: string, pages: string[], files: string[]}} */
const KEPT = self.KEPT;
const NAME = `kithwork-${KEPT.version}`;
const LEAVING = ["/leave/", "/nothing-here/"];

/** @param {string} address */
async function renew(address) {
  const answer = await fetch(address, { credentials: "omit", redirect: "error", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await (await caches.open(NAME)).put(address, answer);
}

/** @param {string} address */
const kept = async (address) => (await caches.open(NAME)).match(address);

async function dropOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("kithwork-") && name !== NAME).map((name) => caches.delete(name)));
}

/** @param {FetchEvent} event @param {string} path */
async function page(event, path) {
  try {
    const answer = await fetch(event.request);
    if (path !== "/help/") return answer;
    if (answer.status >= 500) return (await kept(path)) || answer;
    event.waitUntil(renew(path).catch(() => undefined)); // numbers to call change
    return answer;
  } catch {
    return withoutNetwork(path);
  }
}

/** @param {string} path */
async function withoutNetwork(path) {
  if (LEAVING.includes(path)) {
    indexedDB.deleteDatabase("kithwork");
    return (await kept("/nothing-here/")) || Response.error();
  }
  return (await kept(path === "/help/" ? path : "/offline/")) || Response.error();
}

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([...KEPT.pages, ...KEPT.files].map(renew)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(dropOlder().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  // A page in a frame of ours is asked for by the browser itself, which alone can say that it stands in one.
  if (event.request.destination === "iframe") return;
  const path = address.pathname;
  if (event.request.mode === "navigate") event.respondWith(page(event, path));
  else if (KEPT.files.includes(path)) {
    event.respondWith(fetch(event.request).catch(async () => (await kept(path)) || Response.error()));
  }
});
