import { describe, expect, it } from 'vitest';
import { type SessionAction, type SessionState, transition } from './sessionState.ts';

const follow = (...actions: SessionAction[]): SessionState =>
  actions.reduce<SessionState>(transition, { phase: 'starting' });

describe('the session moves from phase to phase', () => {
  it('trains, pauses, goes on and ends', () => {
    expect(follow('started', 'load', 'loaded', 'train', 'pause', 'train', 'end')).toEqual({
      phase: 'idle',
    });
  });

  it.each(['load', 'evaluate'] as const)('comes back to a pause after %s', (excursion) => {
    const back = excursion === 'load' ? 'loaded' : 'evaluated';
    expect(follow('started', 'train', 'pause', excursion, back).phase).toBe('paused');
  });

  it('is still starting after what was in use before was opened', () => {
    expect(follow('load', 'loaded', 'load', 'opened', 'loaded').phase).toBe('starting');
  });

  it('rests after another model was opened in a pause', () => {
    expect(follow('started', 'train', 'pause', 'load', 'opened', 'loaded').phase).toBe('idle');
  });

  it.each<[SessionAction[], SessionAction]>([
    [[], 'train'],
    [['started', 'train'], 'train'],
    [['started', 'train'], 'evaluate'],
    [['started', 'train'], 'load'],
    [['started', 'evaluate'], 'train'],
    [['started', 'load'], 'load'],
    [['started', 'fail'], 'train'],
  ])('after %j refuses %s with a sentence', (before, action) => {
    const state = follow(...before);
    expect(() => transition(state, action)).toThrow(
      `${action} is not possible while the session is ${state.phase}.`,
    );
  });

  it('can fail from anywhere', () => {
    expect(follow('fail').phase).toBe('failed');
    expect(follow('started', 'train', 'fail').phase).toBe('failed');
  });
});
