import { describe, expect, it } from 'vitest';
import { addressesOf, knownDatasets, MOST_FILES } from './knownDatasets.ts';

const pair = ['https://data.example/images.gz', 'https://data.example/labels.gz'];

describe('the addresses of a data set', () => {
  it('are those of a known name', () => {
    for (const { name, urls } of knownDatasets) expect(addressesOf(name)).toEqual(urls);
  });

  it('are one or several, whatever blanks stand between them', () => {
    expect(addressesOf(pair.join('\n'))).toEqual(pair);
    expect(addressesOf('https://me:secret@a.example/x')).toBeUndefined();
    expect(addressesOf(` ${pair.join('\r\n\t ')}\n`)).toEqual(pair);
  });

  it.each([
    ['nothing', ' \n'],
    ['a word', 'mnist'],
    ['one that is not encrypted', `${pair[0]} http://data.example/labels.gz`],
    ['one of this machine', 'file:///etc/passwd'],
    ['more than a set has files', `${pair[0]} `.repeat(MOST_FILES + 1)],
  ])('are not %s', (_, text) => {
    expect(addressesOf(text)).toBeUndefined();
  });
});
