import fc from 'fast-check';
import type { AugmentPlan } from '../../domain/augment/draw.ts';
import { strengthRanges } from '../../domain/augment/strengths.ts';

const strength = ({ min, max }: { min: number; max: number }) =>
  fc.oneof(fc.constant(0), fc.double({ min, max, noNaN: true }));

const strengths = fc.record({
  shift: strength(strengthRanges.shift),
  rotate: strength(strengthRanges.rotate),
  scale: strength(strengthRanges.scale),
  shear: strength(strengthRanges.shear),
  elastic: strength(strengthRanges.elastic),
  thickness: strength(strengthRanges.thickness),
  brightness: strength(strengthRanges.brightness),
  contrast: strength(strengthRanges.contrast),
  erase: strength(strengthRanges.erase),
  lighting: strength(strengthRanges.lighting),
  mirror: fc.constantFrom('on' as const, 'off' as const),
});

const COLOURS = [
  { direction: [0.6, 0.8, 0] as const, sd: 60 },
  { direction: [-0.8, 0.6, 0] as const, sd: 20 },
  { direction: [0, 0, 1] as const, sd: 5 },
];

/** Small data sets, smooth enough that a place a little off reads nearly the same, and how to vary them. */
export const augmentCases = fc
  .record({
    strengths,
    seed: fc.nat(),
    height: fc.integer({ min: 1, max: 18 }),
    width: fc.integer({ min: 1, max: 18 }),
    channels: fc.constantFrom(1, 3),
    count: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ height, width, channels, count, ...drawn }) => {
    const bytes = height * width * channels;
    const plan: AugmentPlan = {
      ...drawn,
      shape: { height, width, channels },
      colours: channels === 3 ? COLOURS : null,
    };
    return fc.record({
      plan: fc.constant(plan),
      images: fc.record({
        pixels: fc.uint8Array({ minLength: count * bytes, maxLength: count * bytes }),
        labels: fc.uint16Array({ minLength: count, maxLength: count }),
      }),
      indices: fc.uint32Array({ min: 0, max: count - 1, minLength: 1, maxLength: 5 }),
    });
  });
