import '@mantine/core/styles.css';
import '../workbench.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach } from 'vitest';
import { tellFailure } from '../../app/failures.ts';
import type { WorkbenchState } from '../../app/state.ts';
import { createWorkbenchStore, type WorkbenchStore } from '../../app/store.ts';
import { WorkbenchProvider } from '../../app/useStore.ts';
import type { Workbench } from '../../app/workbench.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import type { Language } from '../i18n/i18n.ts';
import { startI18n } from '../i18n/i18n.ts';
import { FileIntakeProvider } from '../intake/FileIntakeProvider.tsx';
import { cssVariables, theme } from '../theme.ts';

export interface Shown {
  readonly store: WorkbenchStore;
  readonly host: HTMLElement;
  /** Takes it away, as React does with a panel that is no longer wanted. */
  remove(): void;
}

interface ShowOptions {
  /** What is not as at the start of the page; there the worker rests. */
  readonly state?: Partial<WorkbenchState>;
  /** What the worker would do; other commands are refused. */
  readonly commands?: Partial<Workbench>;
  readonly language?: Language;
}

let shown: Shown[] = [];
afterEach(() => {
  for (const one of shown) one.remove();
  shown = [];
});

/** Puts components into this page, with the app's own store and styles; the test plays the worker. */
export async function show(ui: ReactNode, options: ShowOptions = {}): Promise<Shown> {
  const { state, commands, language = 'en' } = options;
  await startI18n(language);
  const store = createWorkbenchStore(seedRecipe, 'auto');
  store.setState({ phase: 'idle', ...state });
  const workbench = withCommands(store, commands);
  const host = document.createElement('div');
  document.body.append(host);
  const root = createRoot(host);
  root.render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
      <WorkbenchProvider value={workbench}>
        <FileIntakeProvider>{ui}</FileIntakeProvider>
      </WorkbenchProvider>
    </MantineProvider>,
  );
  const remove = () => {
    root.unmount();
    host.remove();
  };
  const one = { store, host, remove };
  shown.push(one);
  return one;
}

function withCommands(store: WorkbenchStore, commands: Partial<Workbench> = {}): Workbench {
  const own: Partial<Workbench> = {
    state: store.getState,
    subscribe: store.subscribe,
    setRecipe: (changes) => store.setState(({ recipe }) => ({ recipe: { ...recipe, ...changes } })),
    tell: (failure) => tellFailure(store, failure),
    clearPrediction: () => store.setState({ prediction: undefined }),
    ...commands,
  };
  // The compiler cannot see that what is missing throws when it is asked for.
  return new Proxy(own as Workbench, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`This test gives no command ${String(name)}.`);
    },
  });
}
