import { hexOf } from '../../util/hex.ts';

/**
 * Whatever a browser can store, as JSON that a person reads: what JSON has no word for is an object with
 * the key `$`, which says what it was.
 */
export function rawJson(value: unknown): string {
  return JSON.stringify(encoded(value, []), null, 2);
}

/** @param within what the value stands in: stored objects may lead back to themselves */
function encoded(value: unknown, within: readonly object[]): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    return { $: 'number', value: `${value}` };
  if (typeof value === 'bigint') return { $: 'bigint', value: `${value}` };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (value === null) return null;
  if (typeof value !== 'object') return { $: typeof value };
  if (within.includes(value)) return { $: 'again' };
  const inner = [...within, value];
  if (Array.isArray(value)) return value.map((item) => encoded(item, inner));
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (value instanceof ArrayBuffer) return { $: kind, hex: hexOf(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    return {
      $: kind,
      hex: hexOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
    };
  }
  if (value instanceof Date) return { $: kind, value: Number(value) };
  if (value instanceof Map || value instanceof Set) {
    return { $: kind, items: [...value].map((item) => encoded(item, inner)) };
  }
  const fields = Object.entries(value).map(([key, item]) => [key, encoded(item, inner)]);
  return kind === 'Object' ? Object.fromEntries(fields) : { $: kind };
}
