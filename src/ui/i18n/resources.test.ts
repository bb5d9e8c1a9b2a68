import { describe, expect, it } from 'vitest';
import { lateTexts } from '../inside/words.ts';
import { textsByNamespace } from './resources.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

describe.each(Object.entries({ ...textsByNamespace, ...lateTexts }))(
  'the texts of %s',
  (_, { en, 'zh-Hant': zhHant }) => {
    const english: Record<string, string> = en;
    const chinese: Record<string, string> = zhHant;

    it('have the same keys in both languages', () => {
      expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
    });

    it('have the same placeholders in both languages', () => {
      const namesIn = (texts: Record<string, string>) =>
        Object.fromEntries(
          Object.entries(texts).map(([key, text]) => [
            key,
            [...new Set(placeholders(text))].sort(),
          ]),
        );
      expect(namesIn(chinese)).toEqual(namesIn(english));
    });

    it('are all said', () => {
      const unsaid = [...Object.entries(english), ...Object.entries(chinese)]
        .filter(([, text]) => text.trim() === '')
        .map(([key]) => key);
      expect(unsaid).toEqual([]);
    });
  },
);
