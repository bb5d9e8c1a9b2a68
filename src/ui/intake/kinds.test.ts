import { describe, expect, it } from 'vitest';
import { areOneModel } from './kinds.ts';

describe('files that are one model', () => {
  it.each([
    [['model.json', 'weights.bin'], true],
    [['weights.bin', 'my-model.json'], true],
    [['model (1).json', 'weights (1).bin'], true],
    [['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'], false],
    [['model.json'], false],
    [['a.bin', 'b.bin'], false],
    [['model.json', 'other-model.json'], false],
    [['model.json', 'cat.png'], false],
  ])('%j: %s', (names, expected) => {
    expect(areOneModel(names.map((name) => new File([], name)))).toBe(expected);
  });
});
