import { describe, expect, it } from 'vitest';
import { openFreePort } from './ports.mjs';

/** @param {Readonly<Record<number, string>>} codes why a port cannot be had */
const openUnless = (codes) => async (/** @type {number} */ port) => {
  const code = codes[port];
  if (code) throw Object.assign(new Error(`listen ${code}`), { code });
  return `at ${port}`;
};

describe('a port to serve at', () => {
  it('is the first that is neither taken nor reserved', async () => {
    const open = openUnless({ 1: 'EADDRINUSE', 2: 'EACCES' });
    expect(await openFreePort([1, 2, 3, 4], open)).toEqual({ opened: 'at 3', port: 3 });
  });

  it.each([
    [[1], /^Port 1 is taken or reserved[.].*leave PORT out/],
    [[1, 2], /^Ports 1 to 2 are all taken or reserved/],
  ])('is asked for where %j cannot be had', async (ports, sentence) => {
    const open = openUnless({ 1: 'EACCES', 2: 'EADDRINUSE' });
    await expect(openFreePort(ports, open)).rejects.toThrow(sentence);
  });

  it('is not looked for where something else is wrong', async () => {
    const open = openUnless({ 1: 'ENOENT' });
    await expect(openFreePort([1, 2], open)).rejects.toThrow(
      'Port 1 cannot be used: listen ENOENT',
    );
  });
});
