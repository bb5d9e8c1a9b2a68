import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choice, withoutRun, withRun } from './choices.ts';

const chosen = (...ids: readonly string[]) => ids.reduce(withRun, [] as readonly Choice[]);

describe('the runs that are compared', () => {
  it('take the first free place, and are in the order in which they were chosen', () => {
    expect(chosen('a', 'b')).toEqual([
      { id: 'a', place: 0 },
      { id: 'b', place: 1 },
    ]);
    const without = withoutRun(chosen('a', 'b', 'c'), 'b');
    expect(withRun(without, 'd').map(({ id, place }) => `${id}${place}`)).toEqual([
      'a0',
      'c2',
      'd1',
    ]);
  });

  it('are chosen once, however often they are ticked', () => {
    expect(chosen('a', 'a')).toEqual(chosen('a'));
    expect(withoutRun(chosen('a'), 'other')).toEqual(chosen('a'));
  });

  it('never change their places, and no two have the same', () => {
    const toggles = fc.array(fc.constantFrom(...'abcdefg'));
    fc.assert(
      fc.property(toggles, (ids) => {
        let choices = chosen();
        for (const id of ids) {
          const before = new Map(choices.map((choice) => [choice.id, choice.place]));
          choices = before.has(id) ? withoutRun(choices, id) : withRun(choices, id);
          for (const choice of choices) {
            expect(choice.place).toBe(before.get(choice.id) ?? choice.place);
            expect(choice.place).toBeLessThan(7);
          }
          expect(new Set(choices.map(({ place }) => place)).size).toBe(choices.length);
        }
      }),
    );
  });
});
