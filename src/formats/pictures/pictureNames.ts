import type { RowIds } from '../../domain/data/dataset.ts';

/** The name of a picture without its folders and its ending. */
export function stemOf(path: string): string {
  return baseName(path).replace(/[.][^.]*$/, '');
}

export const baseName = (path: string) => path.replace(/^.*[/\\]/, '');

/** Words with which cameras and programs begin names, whatever is on the picture. */
const OF_CAMERAS =
  /^(img|image|dscn?|dscf|photo|picture|pic|scan|screen ?shot|untitled|file|pxl|mvimg|canvas|drawing|digit|sample|frame|test|train)$/i;

/** The class in a name: `cat_1.png`, `7_00001.png`, `cat.1.jpg`, `cat 1.png`, `cat (1).png`, `cat1.png`. */
export function classInName(path: string): string | undefined {
  const stem = stemOf(path);
  const before = /^([^_]+)_/.exec(stem)?.[1] ?? /^(\p{L}+)[ .-]?\(?\d+\)?$/u.exec(stem)?.[1];
  return before !== undefined && OF_CAMERAS.test(before) ? undefined : before;
}

/** What pictures are called where they are numbered by nobody else: their names, without what all have. */
export function pictureIds(paths: readonly string[]): RowIds {
  const stems = paths.map(stemOf);
  const values = new Set(stems).size === stems.length ? stems : paths;
  return { column: 'ImageId', values };
}
