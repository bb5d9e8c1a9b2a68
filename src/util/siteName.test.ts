import { describe, expect, it } from 'vitest';
import { FIRST_SITE, siteNameOf } from './siteName.ts';

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

describe('the name of a deployment', () => {
  it('is the old one for the first, so that what was kept before is found, and stays', () => {
    const shared = memory();
    for (let visit = 0; visit < 2; visit++) {
      expect(siteNameOf('https://host.example/a/', shared)).toBe(FIRST_SITE);
      expect(siteNameOf('https://host.example/a/index.html?x=1#y', shared)).toBe(FIRST_SITE);
    }
  });

  it('is another for each other path of the host, whatever is asked first', () => {
    const paths = ['/b/', '/', '/a/', '/a/b/'];
    for (const first of paths) {
      const shared = memory();
      siteNameOf(`https://host.example${first}`, shared);
      const names = paths.map((path) => siteNameOf(`https://host.example${path}`, shared));
      expect(new Set(names).size).toBe(paths.length);
      expect(names[paths.indexOf(first)]).toBe(FIRST_SITE);
    }
  });

  it('is the old one where nothing can be remembered', () => {
    const denied = {
      getItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
      setItem: () => undefined,
    };
    expect(siteNameOf('https://host.example/b/', denied)).toBe(FIRST_SITE);
    expect(siteNameOf('https://host.example/b/', undefined)).toBe(FIRST_SITE);
  });
});
