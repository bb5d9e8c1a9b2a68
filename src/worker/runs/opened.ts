import { WorkbenchError } from '../../util/errors.ts';

/** The store, where there is one. */
export function opened<Store>(store: Store | undefined): Store {
  if (store) return store;
  throw new WorkbenchError('storage.unavailable', { problem: { code: 'store.notOpen' } });
}
