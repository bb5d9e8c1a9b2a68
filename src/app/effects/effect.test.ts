import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { createWorkbenchStore, type WorkbenchStore } from '../store.ts';
import { type Effect, type EffectScope, startEffects } from './effect.ts';

describe('an effect', () => {
  let store: WorkbenchStore;
  let failures: string[];
  beforeEach(() => {
    store = createWorkbenchStore(seedRecipe, 'auto');
    failures = [];
  });

  afterEach(() => vi.useRealTimers());

  const effect = (begin: (scope: EffectScope) => unknown): Effect => ({
    name: 'effect.screen',
    begin,
  });
  const start = (...effects: Effect[]) =>
    startEffects(store, effects, (_, failure) => failures.push(String(failure)));
  const fail = () => {
    throw new Error('no');
  };
  const phaseOf = ({ phase }: ReturnType<WorkbenchStore['getState']>) => phase;

  it('hears of the changes of its part alone', () => {
    const heard: string[] = [];
    start(effect(({ onChange }) => onChange(phaseOf, (now, before) => heard.push(before, now))));
    store.setState({ phase: 'idle' });
    store.setState({ recipe: { ...seedRecipe, batchSize: 7 } });
    expect(heard).toEqual(['starting', 'idle']);
  });

  const failing: [string, (scope: EffectScope) => unknown][] = [
    ['at its beginning', fail],
    ['at its beginning, later', async () => fail()],
    ['at a change', ({ onChange }) => onChange(phaseOf, fail)],
    ['at a change, later', ({ onChange }) => onChange(phaseOf, async () => fail())],
    ['in what it looks at', ({ onChange }) => onChange(fail, () => undefined)],
    [
      'at an event',
      ({ onEvent, onChange }) => {
        const target = new EventTarget();
        onEvent(target, 'x', fail);
        onChange(phaseOf, () => target.dispatchEvent(new Event('x')));
      },
    ],
    ['after a rest', ({ rested, onChange }) => onChange(phaseOf, rested(0, fail))],
    [
      'at once',
      ({ rested, onChange }) => {
        const write = rested(1000, fail);
        onChange(phaseOf, () => {
          write();
          write.flush();
        });
      },
    ],
    ['where it listens', ({ listen }) => listen(fail)],
  ];
  it.each(failing)(
    'that fails %s keeps nobody from hearing, and is told of once',
    async (_, begin) => {
      const heard: string[] = [];
      start(
        effect(begin),
        effect(({ onChange }) => onChange(phaseOf, (phase) => heard.push(phase))),
      );
      store.subscribe(({ phase }) => heard.push(phase));
      store.setState({ phase: 'idle' });
      store.setState({ phase: 'training' });
      await expect.poll(() => failures).toEqual(['Error: no']);
      expect(heard).toEqual(['idle', 'idle', 'training', 'training']);
      expect(store.getState().phase).toBe('training');
    },
  );

  it('that may be called at any rate acts once it rests', () => {
    vi.useFakeTimers();
    let count = 0;
    start(
      effect(({ rested, onChange }) =>
        onChange(
          phaseOf,
          rested(300, () => count++),
        ),
      ),
    );
    for (let i = 0; i < 50; i++) {
      store.setState({ phase: i % 2 === 0 ? 'idle' : 'training' });
      vi.advanceTimersByTime(30);
    }
    expect(count).toBe(0);
    vi.advanceTimersByTime(300);
    expect(count).toBe(1);
  });

  it('ends with all that it listens to', () => {
    vi.useFakeTimers();
    const heard: string[] = [];
    const target = new EventTarget();
    const end = start(
      effect(({ onChange, onEvent, rested, listen }) => {
        const later = rested(10, () => heard.push('rested'));
        onChange(phaseOf, (phase) => {
          heard.push(phase);
          later();
        });
        onEvent(target, 'x', () => heard.push('x'));
        listen(() => () => heard.push('end'));
      }),
    );
    store.setState({ phase: 'idle' });
    end();
    store.setState({ phase: 'training' });
    target.dispatchEvent(new Event('x'));
    vi.advanceTimersByTime(100);
    expect(heard).toEqual(['idle', 'end']);
  });
});
