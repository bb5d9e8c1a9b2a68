import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../util/errors.ts';
import { fileBytes } from './fileBytes.ts';

describe('a file', () => {
  it('gives what it holds', async () => {
    expect(await fileBytes('a.bin', new Blob([new Uint8Array([1, 2])]))).toEqual(
      new Uint8Array([1, 2]),
    );
  });

  it('that the browser cannot read is refused by name, a folder among them', async () => {
    const folder = Object.assign(new Blob(), {
      arrayBuffer: () => Promise.reject(new DOMException('not found', 'NotFoundError')),
    });
    await expect(fileBytes('digits', folder)).rejects.toEqual(
      new WorkbenchError('dataset.unreadable', { file: 'digits' }),
    );
  });
});
