import { describe, expect, it } from 'vitest';
import { notePath, uploadsOf } from './uploads.ts';

describe('files on their way to the worker', () => {
  it('keep the folders that tell their class', () => {
    const chosen = Object.defineProperty(new File([], '1.png'), 'webkitRelativePath', {
      value: 'pets/cat/1.png',
    });
    const dropped = new File([], '2.png');
    notePath(dropped, '/pets/dog/2.png');
    const single = new File([], '3.png');
    notePath(single, './3.png');

    const names = uploadsOf([chosen, dropped, single, new File([], '4.png')]);
    expect(names.map(({ name }) => name)).toEqual([
      'pets/cat/1.png',
      'pets/dog/2.png',
      '3.png',
      '4.png',
    ]);
  });
});
