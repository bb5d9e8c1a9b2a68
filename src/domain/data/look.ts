import * as v from 'valibot';

/**
 * How the images look that a model was trained on: every picture that it is to read is made to look
 * alike. It belongs to the model, and goes with it into files.
 */
export interface Look {
  /** Brightness of paper and of ink, as bytes: 0 and 255 of MNIST, the other way round of black on white. */
  readonly paper: number;
  readonly ink: number;
  /** Longer side of the ink, as a share of the image's side: 20 of 28 pixels of MNIST. */
  readonly box: number;
  /** What lies in the middle: the ink's centre of mass, as in MNIST, or the centre of its box. */
  readonly centre: 'mass' | 'box';
  /** Mean width of a stroke, as a share of the image's side. */
  readonly stroke: number;
}

/** What a model was trained on that nobody has noted, or that has no paper and ink: taken for MNIST. */
export const mnistLook: Look = {
  ...{ paper: 0, ink: 255, box: 20 / 28, centre: 'mass' },
  stroke: 2.33 / 28,
};

const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const share = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));

/** Validates a look that comes from outside. */
export const LookSchema = v.pipe(
  v.strictObject({
    ...{ paper: byte, ink: byte, box: share },
    ...{ centre: v.picklist(['mass', 'box']), stroke: share },
  }),
  v.check(({ paper, ink }) => paper !== ink, 'ink of another brightness than the paper'),
  v.readonly(),
);
