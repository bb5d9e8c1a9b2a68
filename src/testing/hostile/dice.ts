import { at } from '../../util/assert.ts';
import { pcg4d } from '../../util/random.ts';

/** Of streams that the workbench draws from, none is this one. */
const STREAM = 0x686f7374;

/** Extents that make readers stumble: none, one, powers of two and their neighbours, the largest of 16 and 32 bits. */
const EXTENTS = [
  ...[0, 1, 2, 3, 4, 15, 16, 17, 28, 63, 64, 65, 255, 256, 1000, 4095, 4096, 4097, 16_384],
  ...[32_767, 65_535, 65_536, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
];

/** All chance of one hostile input: the same seed and index draw the same again. */
export class Dice {
  private thrown = 0;

  constructor(
    private readonly seed: number,
    private readonly index: number,
  ) {}

  /** From 0 to below 1. */
  fraction(): number {
    return pcg4d(this.seed, STREAM, this.index, this.thrown++)[0] / 2 ** 32;
  }

  /** Both ends included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  chance(share: number): boolean {
    return this.fraction() < share;
  }

  pick<T>(list: readonly T[]): T {
    return at(list, this.whole(0, list.length - 1));
  }

  extent(): number {
    return this.pick(EXTENTS);
  }

  /** Small numbers often, large ones seldom: as many digits as any other. */
  size(most: number): number {
    return Math.floor(most ** this.fraction());
  }

  bytes(count: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: count }, () => this.whole(0, 255));
  }

  /** The same with a few bytes altered, a part cut out, or the end cut off; often as it was. */
  spoilt(valid: Uint8Array): Uint8Array<ArrayBuffer> {
    const bytes = Uint8Array.from(valid);
    const place = () => this.whole(0, Math.max(0, bytes.length - 1));
    switch (this.whole(0, 8)) {
      case 0:
        for (let i = this.whole(1, 8); i > 0; i--) bytes[place()] = this.whole(0, 255);
        return bytes;
      case 1:
        return bytes.slice(0, place());
      case 2: {
        const [from, to] = [place(), place()];
        const joined = new Uint8Array(from + bytes.length - to);
        joined.set(bytes.subarray(0, from));
        joined.set(bytes.subarray(to), from);
        return joined;
      }
      default:
        return bytes;
    }
  }
}
