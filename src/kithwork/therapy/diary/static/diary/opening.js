/**
 * Whose entries a passphrase opens on this phone, and what waits among them.
 */

import { entriesOf, phones } from "./phone.js";
import { keyFrom, unseal } from "./sealing.js";
import { whoIsIn } from "./sending.js";

/** @typedef {{mark: string, key: CryptoKey}} Mine */
/** @typedef {{id: string, entry: Record<string, string>, refused?: string}} Waiting */

/** @param {string} passphrase @returns {Promise<Mine | null>} */
export async function open(passphrase) {
  const found = [];
  for (const phone of await phones()) {
    const key = await keyFrom(passphrase, phone.salt, phone.rounds);
    const proven = await unseal(key, phone.mark, phone.proof).catch(() => null);
    if (proven) found.push({ mark: phone.mark, key });
  }
  if (found.length < 2) return found[0] || null;
  // Two people chose the same words. Only whoever is signed in can tell whose page this is.
  const who = await whoIsIn();
  return found.find((one) => typeof who === "object" && "mark" in who && one.mark === who.mark) || null;
}

/** @param {Mine} mine @returns {Promise<Waiting[]>} what waits under this key, the oldest first */
export async function waiting({ key, mark }) {
  const all = await entriesOf(mark);
  const opened = await Promise.all(
    all.map(async (kept) => ({ id: kept.id, entry: await unseal(key, `${mark}|${kept.id}`, kept) })),
  );
  return opened.sort((one, other) => one.entry.written.localeCompare(other.entry.written));
}
