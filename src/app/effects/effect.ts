import type { PhraseCode } from '../../util/phraseTexts.ts';
import type { WorkbenchState } from '../state.ts';
import type { WorkbenchStore } from '../store.ts';

/**
 * What the page does to its browser because its state is as it is: the address, the screen, a
 * notification. An effect is begun once, and reaches the store and the browser's events through its
 * scope alone. So none that fails keeps anybody else from hearing, and all of them can be ended.
 */
export interface Effect {
  /** What it does, as the page says it where the browser will not. */
  readonly name: PhraseCode & `effect.${string}`;
  begin(scope: EffectScope): unknown;
}

type Stop = () => void;

/** How an effect hears of things. Whatever is called back may throw, or reject. */
export interface EffectScope {
  readonly store: WorkbenchStore;
  /** Calls back when a part of the state has become another. */
  onChange<T>(part: (state: WorkbenchState) => T, react: (now: T, before: T) => unknown): void;
  onEvent(target: EventTarget, type: string, react: (event: Event) => unknown): void;
  /** A function that may be called at any rate; what it does is done once it has rested for so long. */
  rested(restMs: number, react: () => unknown): Rested;
  /** For what the scope knows no way to hear of: `listen` begins, and gives the way to end it. */
  listen(begin: () => Stop): void;
}

export interface Rested {
  (): void;
  /** Does at once what waits, if anything does. */
  flush(): unknown;
}

/**
 * Begins effects, and gives the function that ends them all.
 * @param report hears of the first failure of each
 */
export function startEffects(
  store: WorkbenchStore,
  effects: readonly Effect[],
  report: (effect: Effect, failure: unknown) => void,
): Stop {
  const stops = effects.map((effect) => {
    let hasFailed = false;
    return startEffect(store, effect, (failure) => {
      if (!hasFailed) report(effect, failure);
      hasFailed = true;
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function startEffect(
  store: WorkbenchStore,
  effect: Effect,
  onFailure: (failure: unknown) => void,
): Stop {
  const stops: Stop[] = [];
  /** Whatever becomes of it, whoever called goes on. */
  const attempt = (act: () => unknown) => {
    try {
      const outcome = act();
      if (outcome instanceof Promise) outcome.catch(onFailure);
    } catch (failure) {
      onFailure(failure);
    }
  };
  const scope: EffectScope = {
    store,
    onChange(part, react) {
      const listener = (state: WorkbenchState, previous: WorkbenchState) =>
        attempt(() => {
          const [now, before] = [part(state), part(previous)];
          return Object.is(now, before) ? undefined : react(now, before);
        });
      stops.push(store.subscribe(listener));
    },
    onEvent(target, type, react) {
      const listener = (event: Event) => attempt(() => react(event));
      target.addEventListener(type, listener);
      stops.push(() => target.removeEventListener(type, listener));
    },
    rested(restMs, react) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const cancel = () => {
        clearTimeout(timer);
        timer = undefined;
      };
      const act = () => {
        cancel();
        attempt(react);
      };
      const call = () => {
        cancel();
        timer = setTimeout(act, restMs);
      };
      stops.push(cancel);
      return Object.assign(call, { flush: () => timer !== undefined && act() });
    },
    listen(begin) {
      stops.push(begin());
    },
  };
  attempt(() => effect.begin(scope));
  return () => {
    for (const stop of stops.splice(0)) attempt(stop);
  };
}
