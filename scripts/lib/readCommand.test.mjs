import { describe, expect, it } from 'vitest';
import { readArguments } from './readCommand.mjs';
import { UsageError } from './say.mjs';

/** @type {import('./readCommand.mjs').CommandSpec} */
const spec = {
  usage: 'Usage: ...',
  options: {
    weights: { type: 'string' },
    transform: { type: 'string', multiple: true },
    data: { type: 'string', takesMore: true },
    json: { type: 'boolean' },
  },
};
/** @param {string} line */
const read = (line, from = spec) => readArguments(from, line.split(' '));

describe('what a command is called with', () => {
  it('is read by name', () => {
    const { values, lists, flags, words } = read(
      '--weights w --data a b --json --transform x --transform=y',
    );
    expect(values).toEqual({ weights: 'w', data: 'a', transform: 'x' });
    expect(lists).toEqual({ weights: ['w'], data: ['a', 'b'], transform: ['x', 'y'] });
    expect([...flags]).toEqual(['json']);
    expect(words).toEqual([]);
  });

  it('may stand by itself where the command says so', () => {
    const { lists, words } = read('one.png --weights w two.png', { ...spec, words: 'IMAGE' });
    expect(words).toEqual(['one.png', 'two.png']);
    expect(lists.weights).toEqual(['w']);
  });

  it.each([
    ['steps=50', '"steps=50" belongs to no option.'],
    ['--weights a b', '"b" belongs to no option.'],
    ['b --data a', '"b" belongs to no option.'],
    ['--data a --json b', '"b" belongs to no option.'],
    ['--data a -- b', '"b" belongs to no option.'],
    ['--data a --data b', '--data is given more than once.'],
    ['--weights a --weights a', '--weights is given more than once.'],
    ['--json --json', '--json is given more than once.'],
    ['--help -h', '--help is given more than once.'],
    ['--weight a', "Unknown option '--weight'"],
    ['-x', "Unknown option '-x'"],
    ['--weights', "Option '--weights <value>' argument missing"],
    ['--json=yes', "Option '--json' does not take an argument"],
  ])('is refused as %s', (line, reason) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(reason);
  });
});
