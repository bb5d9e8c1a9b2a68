import { Misfit } from '../exchange/networkBuilder.ts';

/** What the config of a layer says, as Keras writes it: settings may be missing, and some be null. */
export class Settings {
  constructor(private readonly config: Readonly<Record<string, unknown>>) {}

  number(name: string, otherwise: number): number {
    const value = this.value(name) ?? otherwise;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.unexpected(name, 'a number');
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.value(name) ?? otherwise;
    if (typeof value === 'boolean') return value;
    throw this.unexpected(name, 'true, false');
  }

  text(name: string, otherwise: string): string {
    const value = this.value(name) ?? otherwise;
    if (typeof value === 'string') return value;
    throw this.unexpected(name, otherwise);
  }

  /** The side of a window, or its step, which may be said once for each axis. */
  side(name: string, otherwise: number | undefined): number {
    const value = this.value(name) ?? otherwise;
    const sides = Array.isArray(value) ? value : [value, value];
    const [height, width] = sides;
    if (sides.length !== 2 || !isCount(height) || !isCount(width)) {
      throw this.unexpected(name, '[1, 1]');
    }
    if (height !== width) throw new Misfit('network.square', { size: `${height}x${width}` });
    return height;
  }

  padding(): 'same' | 'valid' {
    const value = this.text('padding', 'valid');
    if (value === 'same' || value === 'valid') return value;
    throw this.unexpected('padding', 'same, valid');
  }

  counts(name: string): readonly number[] {
    const value = this.value(name);
    const isShape = Array.isArray(value) && value.every(Number.isSafeInteger);
    if (isShape) return value;
    throw this.unexpected(name, '[...]');
  }

  /** What is run in no other way than this. */
  only(name: string, ...allowed: readonly unknown[]): void {
    const value = this.value(name);
    const isAllowed = allowed.some((one) => JSON.stringify(one) === JSON.stringify(value));
    if (value !== undefined && !isAllowed) throw this.unexpected(name, JSON.stringify(allowed[0]));
  }

  unexpected(name: string, expected: string): Misfit {
    const received = JSON.stringify(this.value(name)) ?? '?';
    return new Misfit('value.other', { place: name, received, expected });
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.config, name) ? (this.config[name] ?? undefined) : undefined;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
