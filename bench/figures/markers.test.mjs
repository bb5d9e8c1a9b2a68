import { describe, expect, it } from 'vitest';
import { figureIn, namesIn, withFigure } from './markers.mjs';

const page = `# Page

<!-- figures:a -->
old
<!-- /figures:a -->
Between.
<!-- figures:ab -->
<!-- /figures:ab -->
`;

describe('figures in a page', () => {
  it('are put between their markers, and nothing else is touched', () => {
    const changed = withFigure(page, 'a', '\n| new $& |\n');
    expect(figureIn(changed, 'a')).toBe('| new $& |');
    expect(changed.replace('| new $& |', 'old')).toBe(page);
    expect(figureIn(withFigure(page, 'ab', 'x'), 'ab')).toBe('x');
  });

  it('are found by their names', () => {
    expect(namesIn(page)).toEqual(['a', 'ab']);
  });

  it.each([
    ['absent', 'nothing'],
    ['not closed', '<!-- figures:a -->'],
    ['there twice', page + page],
  ])('are refused where a marker is %s', (_, text) => {
    expect(() => withFigure(text, 'a', 'x')).toThrow(/<!-- figures:a -->/);
  });
});
