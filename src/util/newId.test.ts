import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from './newId.ts';

describe('an identifier', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('has the form of a random UUID, and none comes twice', () => {
    const ids = Array.from({ length: 1000 }, newId);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const id of [...ids, crypto.randomUUID()]) expect(id).toMatch(uuid);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is made outside of secure contexts too', () => {
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    vi.stubGlobal('crypto', { getRandomValues });
    expect(newId()).toHaveLength(36);
  });
});
