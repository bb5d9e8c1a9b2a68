import { expect, it } from 'vitest';

it('error scopes are opened in one place, which closes them whatever happens', () => {
  const sources = import.meta.glob<string>('../../**/*.ts', {
    ...{ query: '?raw', import: 'default', eager: true },
  });
  const opening = Object.entries(sources)
    .filter(([path, source]) => /[.]pushErrorScope[(]/.test(source) && !path.includes('.test.'))
    .map(([path]) => path);
  // The other one has nothing between opening and closing: it asks whether anybody is there.
  expect(opening).toEqual(['./errorScopes.ts', './gpuAnswers.ts']);
});
