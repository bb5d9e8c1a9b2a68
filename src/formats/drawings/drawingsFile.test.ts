import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { cleanClassName } from '../../domain/data/classNames.ts';
import { type LabelledDrawing, MOST_DRAWINGS } from '../../domain/drawing/drawings.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { expectRefusal } from '../../util/testing/bothLanguages.ts';
import { readDrawings, writeDrawings } from './drawingsFile.ts';

const drawings: fc.Arbitrary<LabelledDrawing> = fc
  .record({
    id: fc.uuid(),
    createdAt: fc.nat(),
    className: fc
      .string({ maxLength: 100 })
      .map(cleanClassName)
      .filter((name) => name !== ''),
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
  })
  .chain((drawing) => {
    const length = drawing.width * drawing.height;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((pixels) => ({ ...drawing, pixels }));
  });

const bytesOf = (content: unknown) => new TextEncoder().encode(JSON.stringify(content));
const packed = (pixels: Uint8Array) => Buffer.from(gzipSync(pixels)).toString('base64');

const one = {
  ...{ id: 'a', createdAt: 1, className: '7', width: 2, height: 1 },
  pixels: packed(Uint8Array.of(0, 255)),
};
const good = { format: 'alexnet-workbench drawings', version: 1, drawings: [one] };

describe('a file of drawings', () => {
  it('gives back what was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(drawings, { maxLength: 5 }), async (written) => {
        expect(await readDrawings('file', writeDrawings(written))).toEqual(written);
      }),
    );
  });

  it('is the same for the same drawings', async () => {
    const [drawing] = await readDrawings('file', bytesOf(good));
    const write = () => writeDrawings(drawing ? [drawing] : []);
    expect(write()).toEqual(write());
  });
});

describe('a file that is none', () => {
  it.each([
    ['a letter', new TextEncoder().encode('Dear reader')],
    ['no text', Uint8Array.of(0xff, 0xfe, 0xfd)],
    ['another format', bytesOf({ ...good, format: 'letters' })],
    ['a later version', bytesOf({ ...good, version: 2 })],
    ['too many drawings', bytesOf({ ...good, drawings: Array(MOST_DRAWINGS + 1).fill(one) })],
    ['a drawing too wide', bytesOf({ ...good, drawings: [{ ...one, width: 100_000 }] })],
    ['a class without a name', bytesOf({ ...good, drawings: [{ ...one, className: '' }] })],
    ['more than a drawing has', bytesOf({ ...good, drawings: [{ ...one, stroke: 1 }] })],
    ['pixels in no base64', bytesOf({ ...good, drawings: [{ ...one, pixels: '§' }] })],
    ['too few pixels', bytesOf({ ...good, drawings: [{ ...one, height: 3 }] })],
    ['pixels in no gzip', bytesOf({ ...good, drawings: [{ ...one, pixels: 'AAAA' }] })],
    [
      'pixels that unpack to a gigabyte',
      bytesOf({ ...good, drawings: [{ ...one, pixels: packed(new Uint8Array(10_000_000)) }] }),
    ],
    [
      'more pixels together than are kept',
      bytesOf({
        ...good,
        drawings: Array(MOST_DRAWINGS).fill({ ...one, width: 1024, height: 1024 }),
      }),
    ],
  ])('is refused with its name: %s', async (_, bytes) => {
    const refusal = await readDrawings('hostile.json', bytes).catch((error: unknown) => error);
    expectRefusal(() => {
      throw refusal;
    }, 'hostile.json');
  });

  it('is refused, whatever bytes it has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await expect(readDrawings('file', bytes)).rejects.toThrow(WorkbenchError);
      }),
    );
  });
});
