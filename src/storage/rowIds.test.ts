import { describe, expect, it } from 'vitest';
import { type Dataset, noImages } from '../domain/data/dataset.ts';
import { packIds, withIds } from './rowIds.ts';

const none = noImages({ height: 4, width: 4, channels: 1 });
const test = { ...none, count: 2, pixels: new Uint8Array(32), labels: new Uint16Array(2) };
const { labels: _, ...unlabelled } = test;
const set: Dataset = { name: 'a', classNames: ['0', '1'], train: none, test, unlabelled };
const ids = { column: 'id', values: ['7', 'nine'] };
const kept = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).buffer;

describe('the ids of a set that is kept', () => {
  it('come back with the part that they are of', () => {
    const named = { ...set, test: { ...test, ids }, unlabelled: { ...unlabelled, ids } };
    expect(withIds(set, packIds(named))).toEqual(named);
    const onlyOne = { ...set, unlabelled: { ...unlabelled, ids } };
    expect(withIds(set, packIds(onlyOne))).toEqual(onlyOne);
    expect(packIds(set)).toBeUndefined();
    expect(withIds(set, undefined)).toBe(set);
  });

  it.each([
    ['null', null],
    ['a number', 7],
    ['a list', [ids]],
    ['a part that is null', { test: null }],
    ['values that are no list', { test: { column: 'id', values: { length: 2 } } }],
    ['values that are no texts', { test: { column: 'id', values: [7, 9] } }],
    ['a column that is no text', { test: { column: 3, values: ['7', '9'] } }],
    ['no column', { test: { values: ['7', '9'] } }],
    ['another count', { test: { column: 'id', values: ['7'] } }],
  ])('leave the set without any where they are %s', (_, value) => {
    expect(withIds(set, kept(value))).toEqual(set);
  });

  it('leave the set without any where they are no JSON', () => {
    expect(withIds(set, new TextEncoder().encode('{"test":').buffer)).toEqual(set);
  });
});
