import { afterEach, describe, expect, it, vi } from 'vitest';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import type { Phase } from '../../protocol/protocol.ts';
import { createWorkbenchStore } from '../store.ts';
import { startEffects } from './effect.ts';
import { askBeforeLeaving } from './leaving.ts';
import { fakeBrowser } from './testing/fakeBrowser.ts';

describe('leaving the page', () => {
  afterEach(() => vi.unstubAllGlobals());

  const asks: [Phase, boolean][] = [
    ['starting', false],
    ['idle', false],
    ['training', true],
    ['paused', false],
    ['failed', false],
  ];
  it.each(asks)('while it is %s: whether the browser asks first is %s', (phase, isAsked) => {
    const { window } = fakeBrowser();
    const store = createWorkbenchStore(seedRecipe, 'auto');
    const end = startEffects(store, [askBeforeLeaving], () => undefined);
    store.setState({ phase });
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leave()).toBe(isAsked);
    end();
    expect(leave()).toBe(false);
  });
});
