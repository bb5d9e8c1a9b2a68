import { afterEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../domain/recipe/recipe.ts';
import { createWorkbenchStore } from './store.ts';

describe('the store', () => {
  afterEach(() => vi.useRealTimers());

  it('tells everybody, whoever throws', () => {
    vi.useFakeTimers();
    const store = createWorkbenchStore(seedRecipe, 'auto');
    const heard: string[] = [];
    store.subscribe(({ phase }) => heard.push(`first ${phase}`));
    store.subscribe(() => {
      throw new Error('a script of the console');
    });
    const end = store.subscribe(({ phase }) => heard.push(`last ${phase}`));
    store.setState({ phase: 'idle' });
    store.setState({ phase: 'training' });
    end();
    store.setState({ phase: 'paused' });
    expect(heard).toEqual([
      ...['first idle', 'last idle', 'first training', 'last training'],
      'first paused',
    ]);
    // The error is uncaught, as it would be in any other callback, and only once.
    expect(vi.getTimerCount()).toBe(1);
    expect(() => vi.runAllTimers()).toThrow('a script of the console');
  });
});
