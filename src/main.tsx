import './util/trustedTypes.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { canStart } from './app/canStart.ts';
import { createClient } from './app/client.ts';
import { keepAddress } from './app/effects/address.ts';
import { startEffects } from './app/effects/effect.ts';
import { notifyAtEnd } from './app/effects/endNotification.ts';
import { askBeforeLeaving } from './app/effects/leaving.ts';
import { markOpenings } from './app/effects/openingMark.ts';
import { keepScreenOn } from './app/effects/screen.ts';
import { keepSite } from './app/effects/siteFiles.ts';
import { tellUncaught } from './app/failures.ts';
import { browserMarks } from './app/openingMarks.ts';
import { withNotice } from './app/reduce.ts';
import { startWorker } from './app/startWorker.ts';
import { createWorkbenchStore } from './app/store.ts';
import { WorkbenchProvider } from './app/useStore.ts';
import type { Workbench } from './app/workbench.ts';
import { seedRecipe } from './domain/recipe/recipe.ts';
import { readAddress } from './domain/recipe/url.ts';
import { App } from './ui/App.tsx';
import { PageBoundary } from './ui/components/PageBoundary.tsx';
import { chosenLanguages, preferredLanguage, startI18n } from './ui/i18n/i18n.ts';
import { endWords } from './ui/panels/training/endWords.ts';
import { assert } from './util/assert.ts';
import { WorkbenchError } from './util/errors.ts';
import workerUrl from './worker/entry.ts?worker&url';

declare global {
  interface Window {
    /** The very client that the panels use, for scripts and the console. */
    workbench: Workbench;
  }
}

async function openPage(): Promise<void> {
  const address = readAddress(location.search);
  await startI18n(preferredLanguage(address.language, navigator.languages));

  const store = createWorkbenchStore({ ...seedRecipe, ...address.changes }, address.engine);
  for (const { code, params, message } of address.problems) {
    store.setState((state) => withNotice(state, { kind: 'error', code, params, message }));
  }
  const client = createClient(
    () => startWorker(workerUrl),
    store,
    address.changes.width !== undefined,
  );
  window.workbench = client;
  tellUncaught(window, client.tell);

  const root = document.getElementById('root');
  assert(root, 'index.html has an element #root');
  /** What a boundary caught is told; what none did, React hands to the window, where it is told too. */
  const onCaughtError = (error: unknown) => {
    console.error(error);
    client.tell(error);
  };
  createRoot(root, { onCaughtError }).render(
    <StrictMode>
      <PageBoundary>
        <WorkbenchProvider value={client}>
          <App />
        </WorkbenchProvider>
      </PageBoundary>
    </StrictMode>,
  );

  const marks = await browserMarks();
  const effects = [
    keepSite,
    keepAddress(chosenLanguages),
    keepScreenOn,
    askBeforeLeaving,
    notifyAtEnd(endWords),
    ...(marks ? [markOpenings(marks)] : []),
  ];
  startEffects(store, effects, ({ name }, failure) => {
    const problem = failure instanceof Error ? failure.message : String(failure);
    client.tell(new WorkbenchError('page.effect', { effect: { code: name }, problem }));
  });
  if (address.safe) {
    const notice = { kind: 'warning', news: 'safeStart', message: 'Nothing was opened.' } as const;
    store.setState((state) => withNotice(state, notice));
  }
  const { engine, tuning, threads, safe } = address;
  store.setState({ passedOver: (await marks?.passedOver().catch(() => undefined)) ?? [] });
  await client.start({ engine, siteUrl: document.baseURI, tuning, threads, safe });
  if (!address.train || !canStart('train')(store.getState())) return;
  // Who has touched the page meanwhile is there; nobody else has agreed to what a link asks for.
  if (!navigator.userActivation?.hasBeenActive) store.setState({ linkAsks: true });
  // A refusal already stands among the notices.
  else client.train().catch(() => undefined);
}

// Where something is lacking, or another site shows the page, public/browserCheck.js has said so already.
if (!document.documentElement.hasAttribute('data-lacks')) await openPage();
