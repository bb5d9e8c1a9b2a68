import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMemory } from './memoryPlan.ts';

describe('transient buffers share memory', () => {
  it('gives the place of a dead buffer to one that comes later', () => {
    const uses = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ];
    const bytes = new Map([
      ['a', 10],
      ['b', 20],
      ['c', 8],
      ['d', 16],
    ]);
    const { places, placeOf } = planMemory(uses, bytes);
    expect(placeOf.get('c')).toBe(placeOf.get('a'));
    expect(placeOf.get('d')).toBe(placeOf.get('b'));
    expect(places).toEqual([10, 20]);
  });

  it('lets the largest free place grow where none is large enough', () => {
    const { places } = planMemory(
      [['a'], ['b']],
      new Map([
        ['a', 4],
        ['b', 9],
      ]),
    );
    expect(places).toEqual([9]);
  });

  it('never gives two buffers that live at once the same place, and room to all', () => {
    const plans = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        plans,
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 10, maxLength: 10 }),
        (plan, sizes) => {
          const uses = plan.map((node) => node.map(String));
          const bytes = new Map(sizes.map((size, i) => [String(i), size]));
          const { places, placeOf } = planMemory(uses, bytes);
          const lives = (name: string, node: number) =>
            uses.findIndex((names) => names.includes(name)) <= node &&
            node <= uses.findLastIndex((names) => names.includes(name));
          for (const node of uses.keys()) {
            const alive = [...placeOf.keys()].filter((name) => lives(name, node));
            expect(new Set(alive.map((name) => placeOf.get(name))).size).toBe(alive.length);
          }
          for (const [name, place] of placeOf) {
            expect(places[place]).toBeGreaterThanOrEqual(
              bytes.get(name) ?? Number.POSITIVE_INFINITY,
            );
          }
        },
      ),
    );
  });
});
