/**
 * What lies on this phone: for each account that chose it, how to tell its passphrase; and sealed entries.
 *
 * Nothing is made until somebody chooses it. An account is known by its mark alone, which says nothing.
 *
 * @typedef {{nonce: Uint8Array, sealed: ArrayBuffer}} Sealed
 * @typedef {{mark: string, salt: Uint8Array, rounds: number, proof: Sealed}} Phone
 * @typedef {{id: string, mark: string} & Sealed} Kept
 */

const NAME = "kithwork";

/** @param {boolean} make @returns {Promise<IDBDatabase | null>} */
function connect(make) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      if (!make) {
        asked.transaction?.abort();
        return;
      }
      asked.result.createObjectStore("phones", { keyPath: "mark" });
      asked.result.createObjectStore("entries", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => (make ? reject(asked.error) : resolve(null));
  });
}

/**
 * One transaction; what it gives is given once it is on the disk.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(stores: {phones: IDBObjectStore, entries: IDBObjectStore}) => IDBRequest<T>} act
 * @param {{make?: boolean}} [options]
 * @returns {Promise<T | undefined>}
 */
async function within(mode, act, { make = false } = {}) {
  const db = await connect(make);
  if (!db) return undefined;
  try {
    return await new Promise((resolve, reject) => {
      const work = db.transaction(["phones", "entries"], mode, { durability: "strict" });
      const asked = act({ phones: work.objectStore("phones"), entries: work.objectStore("entries") });
      work.oncomplete = () => resolve(asked.result);
      work.onabort = () => reject(work.error);
    });
  } finally {
    db.close();
  }
}

/** @returns {Promise<Phone[]>} */
export const phones = async () => (await within("readonly", ({ phones }) => phones.getAll())) || [];

/** @param {string} mark */
export const isOn = async (mark) => (await phones()).some((phone) => phone.mark === mark);

/** @param {Phone} phone */
export const addPhone = (phone) => within("readwrite", ({ phones }) => phones.put(phone), { make: true });

/** @returns {Promise<Kept[]>} */
export const everything = async () => (await within("readonly", ({ entries }) => entries.getAll())) || [];

/** @param {string} mark */
export const entriesOf = async (mark) => (await everything()).filter((kept) => kept.mark === mark);

/** @param {Kept} kept */
export const keep = (kept) => within("readwrite", ({ entries }) => entries.put(kept), { make: true });

/** @param {string} id */
export const drop = (id) => within("readwrite", ({ entries }) => entries.delete(id));

/** Takes one account's part from this phone; another's stays. @param {string} mark */
export async function forget(mark) {
  for (const kept of await entriesOf(mark)) await drop(kept.id);
  await within("readwrite", ({ phones }) => phones.delete(mark));
}
