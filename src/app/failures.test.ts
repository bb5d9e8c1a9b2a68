import { beforeEach, describe, expect, it } from 'vitest';
import { seedRecipe } from '../domain/recipe/recipe.ts';
import { WorkbenchError } from '../util/errors.ts';
import { isTold, markTold, tellFailure, tellUncaught } from './failures.ts';
import { createWorkbenchStore, type WorkbenchStore } from './store.ts';

let store: WorkbenchStore;
beforeEach(() => {
  store = createWorkbenchStore(seedRecipe, 'auto');
});
const messages = () => store.getState().notices.map(({ message }) => message);

describe('a failure', () => {
  it('stands among the notices once, whoever tells of it', () => {
    const refusal = new WorkbenchError('model.missing');
    tellFailure(store, refusal);
    tellFailure(store, refusal);
    expect(messages()).toEqual([refusal.message]);
    expect(isTold(refusal)).toBe(true);
  });

  it('that comes again and again is said once while it stands there', () => {
    for (let i = 0; i < 60; i++) tellFailure(store, new TypeError('x is undefined'));
    expect(messages()).toEqual(['x is undefined']);
  });

  it('that is a refusal is said each time, as it answers to a click', () => {
    for (let i = 0; i < 2; i++) tellFailure(store, new WorkbenchError('model.missing'));
    expect(messages()).toHaveLength(2);
  });

  it('that is no error is said in its own words', () => {
    tellFailure(store, 'plain text');
    expect(messages()).toEqual(['plain text']);
  });
});

describe('what nobody caught', () => {
  const target = new EventTarget() as Window;
  const uncaught = (error: unknown, filename = 'https://workbench.test/main.js') =>
    target.dispatchEvent(Object.assign(new Event('error'), { error, filename }));
  const rejected = (reason: unknown) => {
    const event = new Event('unhandledrejection', { cancelable: true });
    target.dispatchEvent(Object.assign(event, { reason }));
    return event.defaultPrevented;
  };

  it('is told', () => {
    const end = tellUncaught(target, (failure) => tellFailure(store, failure));
    uncaught(new TypeError('in a callback'));
    expect(rejected(new TypeError('in a promise'))).toBe(false);
    expect(messages()).toEqual(['in a callback', 'in a promise']);
    end();
  });

  it('and is known already, or none of ours, is not', () => {
    const end = tellUncaught(target, (failure) => tellFailure(store, failure));
    const known = new WorkbenchError('model.missing');
    markTold(known);
    expect(rejected(known)).toBe(true);
    uncaught(null);
    uncaught(new Error('theirs'), 'chrome-extension://abc/content.js');
    expect(messages()).toEqual([]);
    end();
    uncaught(new Error('after the end'));
    expect(messages()).toEqual([]);
  });
});
