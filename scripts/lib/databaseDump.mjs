/**
 * What a page's origin keeps, its IndexedDB databases and its localStorage, as one JSON text and back.
 * Nothing here knows what the stores mean: a dump that an old version of the app left is put back as
 * it was, its schema and its version too.
 */

/** @typedef {import('playwright').Page} Page */

/**
 * @param {Page} page of the origin
 * @returns {Promise<string>}
 */
export function dumpOrigin(page) {
  return page.evaluate(async () => {
    const databases = [];
    for (const { name = '', version } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      const stores = [];
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName);
        const [keys, values] = await Promise.all([
          settled(store.getAllKeys()),
          settled(store.getAll()),
        ]);
        if (store.indexNames.length > 0) throw new Error(`${storeName} has indices.`);
        const { keyPath, autoIncrement } = store;
        const entries = keys.map((key, index) => [encode(key), encode(values[index])]);
        stores.push({ name: storeName, keyPath, autoIncrement, entries });
      }
      database.close();
      databases.push({ name, version, stores });
    }
    return JSON.stringify({ localStorage: { ...localStorage }, databases });

    /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
    function settled(request) {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    }

    /** What JSON has no word for is an object with the key `$`. @param {unknown} value @returns {unknown} */
    function encode(value) {
      if (value === undefined) return { $: 'undefined' };
      if (typeof value === 'number' && !Number.isFinite(value))
        return { $: 'number', value: `${value}` };
      if (value instanceof ArrayBuffer)
        return { $: 'ArrayBuffer', base64: base64(new Uint8Array(value)) };
      if (ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        return { $: value.constructor.name, base64: base64(bytes) };
      }
      if (Array.isArray(value)) return value.map(encode);
      if (typeof value !== 'object' || value === null) return value;
      if (Object.getPrototypeOf(value) !== Object.prototype || '$' in value) {
        throw new Error(`A dump has no place for ${Object.prototype.toString.call(value)}.`);
      }
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
    }

    /** @param {Uint8Array} bytes */
    function base64(bytes) {
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }
  });
}

/**
 * Puts back what `dumpOrigin` gave.
 * @param {Page} page of an origin that keeps nothing yet, where the app does not run
 * @param {string} dump
 */
export function restoreOrigin(page, dump) {
  return page.evaluate(async (text) => {
    const dumped = JSON.parse(text);
    Object.assign(localStorage, dumped.localStorage);
    for (const { name, version, stores } of dumped.databases) {
      const opening = indexedDB.open(name, version);
      opening.onupgradeneeded = () => {
        for (const { name: storeName, keyPath, autoIncrement } of stores) {
          opening.result.createObjectStore(storeName, { keyPath, autoIncrement });
        }
      };
      const database = await new Promise((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const { name: storeName, keyPath, entries } of stores) {
        const transaction = database.transaction(storeName, 'readwrite');
        const store = transaction.objectStore(storeName);
        for (const [key, value] of entries) {
          if (keyPath === null) store.put(decode(value), decode(key));
          else store.put(decode(value));
        }
        await new Promise((resolve, reject) => {
          transaction.oncomplete = resolve;
          transaction.onabort = () => reject(transaction.error);
        });
      }
      database.close();
    }

    /** @param {any} value @returns {any} */
    function decode(value) {
      if (Array.isArray(value)) return value.map(decode);
      if (typeof value !== 'object' || value === null) return value;
      switch (value.$) {
        case 'undefined':
          return undefined;
        case 'number':
          return Number(value.value);
        case 'ArrayBuffer':
          return bytesOf(value.base64).buffer;
        case undefined:
          return Object.fromEntries(
            Object.entries(value).map(([key, part]) => [key, decode(part)]),
          );
        default: {
          /** @type {any} A typed array, by its name. */
          const View = Reflect.get(globalThis, value.$);
          return new View(bytesOf(value.base64).buffer);
        }
      }
    }

    /** @param {string} base64 */
    function bytesOf(base64) {
      return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    }
  }, dump);
}
