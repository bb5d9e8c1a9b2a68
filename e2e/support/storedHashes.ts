/**
 * Runs in the page, and sees nothing but it: hashes of the weights in use, and of the run and the data set as they
 * are stored, record by record and chunk by chunk. When they were opened last is no part of what they are.
 */
export async function storedHashes(): Promise<Record<string, string>> {
  const { workbench } = window;
  const { run, dataset } = workbench.state();
  const hashOf = async (bytes: BufferSource) => {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  const hashes: Record<string, string> = {};
  if (run) hashes['the weights in use'] = await hashOf((await workbench.exportWeights()).bytes);
  const ids = [run?.record.id, dataset.status === 'ready' ? dataset.summary.id : undefined];

  /** Bytes by their hash, whatever else there is as JSON has it. */
  const textOf = async (value: unknown): Promise<string> => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
      return hashOf(value as BufferSource);
    if (Array.isArray(value)) return `[${(await Promise.all(value.map(textOf))).join()}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
    const fields = Object.entries(value).filter(([name]) => name !== 'openedAt');
    const texts = await Promise.all(
      fields.map(async ([key, field]) => `${key}:${await textOf(field)}`),
    );
    return `{${texts.sort().join()}}`;
  };
  const answerTo = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answerTo(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    for (const store of stores) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        answerTo(objects.getAllKeys()),
        answerTo(objects.getAll()),
      ]);
      const own = values.filter((_, i) => ids.includes([keys[i]].flat()[0] as string));
      if (own.length > 0)
        hashes[`${store} as stored`] = await hashOf(new TextEncoder().encode(await textOf(own)));
    }
    database.close();
  }
  return hashes;
}
