import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keyName } from './keys.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, keyCode: 0 };

describe('the name of a key', () => {
  it('is the key itself, with what is held down before it', () => {
    const named = (key: string, held: object = {}) => keyName({ ...none, ...held, key });
    expect(named('Escape')).toBe('Escape');
    expect(named('?', { shiftKey: true })).toBe('?');
    expect(named('z', { ctrlKey: true })).toBe('Mod+z');
    expect(named('z', { metaKey: true })).toBe('Mod+z');
    expect(named('Z', { metaKey: true, shiftKey: true })).toBe('Mod+Shift+z');
    // Caps lock is no Shift.
    expect(named('Z', { ctrlKey: true })).toBe('Mod+z');
    expect(named('7', { ctrlKey: true, altKey: true })).toBe('Mod+Alt+7');
  });

  it.each([
    ['by the event of the browser', { isComposing: true }],
    ['by the event of React', { nativeEvent: { isComposing: true } }],
    ['by the code that Safari gives', { keyCode: 229 }],
  ])('is none while a character is composed, told %s', (_, told) => {
    for (const key of ['Escape', 'Enter', 'ArrowDown', 'Delete', '1', 'z']) {
      expect(keyName({ ...none, ...told, key })).toBeUndefined();
      expect(keyName({ ...none, ...told, key, ctrlKey: true })).toBeUndefined();
    }
  });
});

it('no other file of the page asks an event for its key', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /[.]tsx?$/.test(path) && !/[.]test[.]|^components.keys[.]ts$/.test(path),
  );
  expect(sources.length).toBeGreaterThan(100);
  const asking = sources.filter((path) =>
    /[eE]vent\??[.](key|code|keyCode|which)\b|\bkey(Code)?: [^}]*} = (e|event)\b|[^\w.](key|code) ===? '(Escape|Enter|Tab|Delete|Backspace|Arrow)/.test(
      readFileSync(`${folder}/${path}`, 'utf8'),
    ),
  );
  expect(asking).toEqual([]);
});
