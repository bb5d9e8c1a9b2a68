import { readFile } from 'node:fs/promises';
import vm from 'node:vm';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inProject } from './paths.mjs';

const source = await readFile(inProject('public/browserCheck.js'), 'utf8');
const [, list = ''] = /needed = \[([^\]]*)\]/.exec(source) ?? [];
const needed = [...list.matchAll(/'([\w.]+)'/g)].map(([, path = '']) => path);

/**
 * A browser that has all of this, and the elements that the page has at its start.
 * @param {string[]} paths @param {object} [frame] what the window has of the page that shows it
 */
function openIn(paths, frame = {}) {
  /** @type {Record<string, any>} */
  const window = { location: { href: 'https://host.example/', protocol: 'https:' }, ...frame };
  for (const path of paths) {
    let owner = window;
    for (const name of path.split('.')) {
      owner[name] ??= () => undefined;
      owner = owner[name];
    }
  }
  const shown = new Set();
  const root = { firstChild: /** @type {object | null} */ (null) };
  /** @type {(() => void)[]} */
  const onError = [];
  window.addEventListener = (/** @type {string} */ type, /** @type {() => void} */ listener) => {
    if (type === 'error') onError.push(listener);
  };
  /** @type {(() => void)[]} */
  const onParsed = [];
  let isParsed = false;
  let lacks = '';
  /** @type {string[]} */
  const attributes = [];
  const document = {
    // The browser has come no further than the head of the page yet.
    getElementById: (/** @type {string} */ id) => {
      if (!isParsed) return null;
      return id === 'root' ? root : { removeAttribute: () => shown.add(id) };
    },
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ listener) => {
      onParsed.push(listener);
    },
    documentElement: {
      setAttribute: (/** @type {string} */ name, /** @type {string} */ value) => {
        attributes.push(name);
        lacks = value;
      },
    },
  };
  vm.runInNewContext(source, { window, document });
  isParsed = true;
  for (const listener of onParsed) listener();
  return { shown, root, fail: () => onError[0]?.(), lacks, attributes };
}

describe('the check of the browser', () => {
  it('can be read by every browser', () => {
    const options = { target: ts.ScriptTarget.ES5, allowJs: true };
    const { outputText } = ts.transpileModule(source, { compilerOptions: options });
    // What was written for the oldest is not rewritten for it, but for its comments and spaces.
    const bare = (/** @type {string} */ text) =>
      text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*/g, '').replaceAll(/[\s,]|"use strict";/g, '');
    expect(bare(outputText)).toBe(bare(source));
    expect(source).not.toMatch(/,\s*\)/);
  });

  it('says nothing where all is there', () => {
    expect(needed.length).toBeGreaterThan(20);
    expect(openIn(needed)).toMatchObject({ shown: new Set(), lacks: '' });
  });

  it.each(needed)('without %s says which browsers would do', (path) => {
    const others = needed.filter((other) => other !== path);
    expect(openIn(others)).toMatchObject({ shown: new Set(['too-old']), lacks: path });
  });

  const ours = { location: { href: 'https://host.example/about.html' } };
  const strangers = {
    get location() {
      throw new Error('SecurityError');
    },
  };
  it('says that it does nothing within the page of another site, however deep, and that alone', () => {
    for (const parent of [strangers, { ...ours, parent: strangers }]) {
      const framed = openIn(needed, { parent });
      framed.fail();
      expect(framed).toMatchObject({ shown: new Set(['framed']), lacks: 'a tab of its own' });
    }
    expect(openIn(needed, { parent: ours })).toMatchObject({ shown: new Set(), lacks: '' });
  });

  it('tells the page that was opened from the disk, and nothing else', () => {
    const page = openIn([], { location: { protocol: 'file:' } });
    page.fail();
    expect(page).toMatchObject({ shown: new Set(), attributes: ['data-from-disk'] });
    expect(openIn(needed).attributes).toEqual([]);
  });

  it('says that the page could not be opened where it fails before it shows anything', () => {
    const page = openIn(needed);
    page.fail();
    expect(page.shown).toEqual(new Set(['not-opened']));
    const open = openIn(needed);
    open.root.firstChild = {};
    open.fail();
    expect(open.shown).toEqual(new Set());
  });
});
