/**
 * Locks and opens what waits on a phone: AES-GCM under a key made from a passphrase, which is never kept.
 */

export const ROUNDS = 600_000;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const NAME_BYTES = 24;

/** @param {number} count */
const random = (count) => crypto.getRandomValues(new Uint8Array(count));

export const newSalt = () => random(SALT_BYTES);

/** A name that nobody can guess: for an entry, and for the one effect that its sending has. */
export function newName() {
  const text = btoa(String.fromCharCode(...random(NAME_BYTES)));
  return text.replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * @param {string} passphrase
 * @param {Uint8Array} salt
 * @param {number} rounds
 */
export async function keyFrom(passphrase, salt, rounds) {
  const words = new TextEncoder().encode(passphrase.normalize("NFKC"));
  const raw = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(way, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * @param {CryptoKey} key
 * @param {string} place whose it is and which: opened anywhere else, it does not open
 * @param {unknown} value
 */
export async function seal(key, place, value) {
  const nonce = random(NONCE_BYTES);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { nonce, sealed: await crypto.subtle.encrypt(way(nonce, place), key, plain) };
}

/**
 * @param {CryptoKey} key
 * @param {string} place
 * @param {{nonce: Uint8Array, sealed: ArrayBuffer}} kept
 */
export async function unseal(key, place, kept) {
  const plain = await crypto.subtle.decrypt(way(kept.nonce, place), key, kept.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

/** @param {Uint8Array} nonce @param {string} place */
const way = (nonce, place) => ({ name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(place) });
