import { describe, expect, it } from 'vitest';
import { normals, RandomStream } from '../../util/random.ts';
import { beganWith } from './beginning.ts';

const drawn = (seed: number) => normals(seed, RandomStream.initialWeights, 0, 2904);

describe('weights', () => {
  it('are told from those that began otherwise, however far they have moved', () => {
    const [first, moves] = [drawn(1), drawn(2)];
    const moved = first.map((value, i) => value + 3 * (moves[i] ?? 0));
    expect(beganWith(moved, first)).toBe(true);
    for (let seed = 2; seed < 40; seed++)
      expect(beganWith(drawn(seed), first), `${seed}`).toBe(false);
  });
});
