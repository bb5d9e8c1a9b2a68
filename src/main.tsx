import './util/trustedTypes.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepAddress } from './app/addressFollows.ts';
import { guardTraining } from './app/attention.ts';
import { canStart } from './app/canStart.ts';
import { createClient } from './app/client.ts';
import { notifyAtEnd } from './app/endNotification.ts';
import { withNotice } from './app/reduce.ts';
import { startServiceWorker } from './app/serviceWorkerClient.ts';
import { createWorkbenchStore } from './app/store.ts';
import { WorkbenchProvider } from './app/useStore.ts';
import type { Workbench } from './app/workbench.ts';
import { seedRecipe } from './domain/recipe.ts';
import { readAddress } from './domain/url.ts';
import { App } from './ui/App.tsx';
import { preferredLanguage, startI18n } from './ui/i18n/i18n.ts';
import { endWords } from './ui/panels/training/endWords.ts';
import { assert } from './util/assert.ts';

declare global {
  interface Window {
    /** The very client that the panels use, for scripts and the console. */
    workbench: Workbench;
  }
}

const address = readAddress(location.search);
await startI18n(preferredLanguage(address.language, navigator.languages));

const store = createWorkbenchStore({ ...seedRecipe, ...address.changes }, address.engine);
for (const { code, params, message } of address.problems) {
  store.setState((state) => withNotice(state, { kind: 'error', code, params, message }));
}
const makeWorker = () =>
  new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module' });
const client = createClient(makeWorker, store, address.changes.width !== undefined);
window.workbench = client;

const root = document.getElementById('root');
assert(root, 'index.html has an element #root');
createRoot(root).render(
  <StrictMode>
    <WorkbenchProvider value={client}>
      <App />
    </WorkbenchProvider>
  </StrictMode>,
);

startServiceWorker(store);
keepAddress(store);
guardTraining(store);
notifyAtEnd(store, endWords);
const { engine, tuning, threads } = address;
await client.start({ engine, siteUrl: document.baseURI, tuning, threads });
// A refusal already stands among the notices.
if (address.train && canStart('train')(store.getState())) client.train().catch(() => undefined);
