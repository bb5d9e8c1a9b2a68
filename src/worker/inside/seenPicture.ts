import type { Architecture } from '../../domain/architecture/architecture.ts';
import { prepareDigit, preparePicture } from '../../domain/reading/digit.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { Picture } from '../../protocol/protocol.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { scaledInput } from '../model/modelExchange.ts';
import { lookOfRun } from '../runs/lookOfRun.ts';

/** A picture as a network sees it. */
export interface SeenPicture {
  /** `height * width` bytes, or `height * width * channels`. */
  readonly pixels: Uint8Array;
  /** The same, scaled: NHWC. */
  readonly values: Float32Array;
}

/** Of a picture where several characters stand side by side it is the first. */
export function seenPicture(picture: Picture | Uint8Array, record: RunRecord): SeenPicture {
  const pixels = picture instanceof Uint8Array ? picture : prepared(picture, record);
  const { height, width, channels } = record.architecture.input;
  const expected = height * width;
  if (pixels.length === expected) return { pixels, values: scaledInput(pixels, record) };
  if (pixels.length === expected * channels) {
    return { pixels, values: scaled(pixels, record.scaling) };
  }
  throw wrongBytes(pixels.length, record.architecture);
}

function prepared(picture: Picture, record: RunRecord): Uint8Array {
  const given = [picture, record.architecture.input, lookOfRun(record)] as const;
  const [first] = preparePicture(...given).parts;
  return (first ?? prepareDigit(...given)).pixels;
}

const scaled = (pixels: Uint8Array, { offset, factor }: Scaling) =>
  Float32Array.from(pixels, (pixel) => (pixel - offset) * factor);

function wrongBytes(actual: number, { input }: Architecture): WorkbenchError {
  const { height, width, channels } = input;
  const shape = `${height}x${width}x${channels}`;
  return new WorkbenchError('inside.pictureBytes', {
    ...{ actual, expected: height * width * channels, shape },
  });
}
