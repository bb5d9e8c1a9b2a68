import { GRID_CELLS, GRID_POINTS } from '../../../domain/augment/elastic.ts';
import { type AugmentShape, PARAMETERS, Place } from '../../../domain/augment/parameters.ts';
import { FLOAT_BYTES, type Operation } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { declareBindings, f32, linearGrid, lines } from '../wgsl.ts';

/**
 * Fetches the images of a batch from the data set, which lies on the device as bytes, varies each as
 * its parameters say, and scales them:
 *
 *   x[n] = (varied(pixels[order[n]]) - offset) * factor
 *
 * For a pixel q of the result, counted from the image's centre, with displacement u(q) by the cubic
 * B-splines of the elastic grid (Rueckert et al. 1999), linear map L and translation t:
 *
 *   byte   = max or min over |k| of source(L (q + u(q) + radius k) + t),  k = 0 and 8 directions
 *   varied = 0 where erased, else clamp(gain byte + lift[channel], 0, 255)
 *
 * The source is read between its pixels by cubic convolution (`domain/augment/cubic.ts`), beyond its
 * border as the border. `augmentImage.ts` is the same in plain words, and `parameters.ts` beside it says
 * what the numbers of `variations` `[batch, 116]` mean. Rows from `step.count` on become zeros.
 */
export interface AugmentBatchShape {
  readonly batch: number;
  readonly augment: AugmentShape;
  readonly offset: number;
  readonly factor: number;
}

/** Operands: `pixels`, `order`, `variations`, `x`, `step`. One invocation makes one pixel. */
export function augmentBatch(shape: AugmentBatchShape): Operation {
  const { batch, augment, offset, factor } = shape;
  const { image, bends, thickens } = augment;
  const { height, width, channels } = image;
  const imagePixels = height * width;
  const grid = linearGrid(batch * imagePixels);
  const wgsl = `${STEP_STRUCT}
${declareBindings([
  { name: 'pixels', access: 'read', type: 'array<u32>' },
  { name: 'order', access: 'read', type: 'array<u32>' },
  { name: 'variations', access: 'read', type: 'array<f32>' },
  { name: 'x', access: 'read_write', type: 'array<f32>' },
  STEP_BINDING,
])}
${readBetween(augment)}
${bends ? displacement(augment) : ''}
${thickens ? strongest() : ''}
${grid.main(`
  let n = item / ${imagePixels}u;
  let first = item * ${channels}u;
  if (n >= step.count) {
    for (var c = 0u; c < ${channels}u; c++) { x[first + c] = 0.0; }
    return;
  }
  let row = item % ${imagePixels}u / ${width}u;
  let column = item % ${width}u;
  let p = n * ${PARAMETERS}u;
  let linear = mat2x2f(
    variations[p], variations[p + 3u],
    variations[p + 1u], variations[p + 4u],
  );
  let centre = vec2f(${f32((width - 1) / 2)}, ${f32((height - 1) / 2)});
  let place = vec2f(f32(column), f32(row));
  let moved = place - centre${bends ? ' + displacement(p, row, column)' : ''};
  let source = linear * moved + vec2f(variations[p + 2u], variations[p + 5u]) + centre;
  let isErased = ${isErased()};
  for (var c = 0u; c < ${channels}u; c++) {
    let byte = ${
      thickens
        ? `strongest(n, source, linear, variations[p + ${Place.thickness}u], c)`
        : 'readBetween(n, source, c)'
    };
    let lit = variations[p + ${Place.gain}u] * byte + variations[p + ${Place.lift}u + c];
    let varied = select(clamp(lit, 0.0, 255.0), 0.0, isErased);
    x[first + c] = (varied - ${f32(offset)}) * ${f32(factor)};
  }`)}`;
  const readings = thickens ? NEIGHBOURS.length + 1 : 1;
  return {
    op: 'augmentBatch',
    shape: `${batch}x${height}x${width}x${channels}${bends ? ', bent' : ''}${thickens ? ', thickened' : ''}, (x - ${offset}) * ${factor}`,
    flops: batch * imagePixels * (8 + (bends ? 96 : 0) + channels * (4 + 48 * readings)),
    bytes: batch * (imagePixels * channels * (1 + FLOAT_BYTES) + PARAMETERS * FLOAT_BYTES),
    variants: [
      {
        name: 'a pixel each',
        shaders: [
          {
            label: 'augmentBatch',
            wgsl,
            operands: ['pixels', 'order', 'variations', 'x', 'step'],
            workgroups: grid.workgroups,
          },
        ],
        scratch: {},
      },
    ],
  };
}

function isErased(): string {
  const edge = (i: number) => `variations[p + ${Place.erased + i}u]`;
  const inRows = `place.y >= ${edge(0)} && place.y < ${edge(2)}`;
  return `${inRows} && place.x >= ${edge(1)} && place.x < ${edge(3)}`;
}

/** The byte of channel `c` at a place between the pixels of image `order[n]`. */
function readBetween({ image: { height, width, channels } }: AugmentShape): string {
  return /* wgsl */ `
fn byteAt(n: u32, row: u32, column: u32, c: u32) -> f32 {
  let at = ((order[n] * ${height}u + row) * ${width}u + column) * ${channels}u + c;
  return f32((pixels[at / 4u] >> (8u * (at % 4u))) & 255u);
}

fn cubicWeights(f: f32) -> vec4f {
  let rest = 1.0 - f;
  return vec4f(
    ((1.0 - 0.5 * f) * f - 0.5) * f,
    (1.5 * f - 2.5) * f * f + 1.0,
    (1.5 * rest - 2.5) * rest * rest + 1.0,
    ((1.0 - 0.5 * rest) * rest - 0.5) * rest,
  );
}

fn readBetween(n: u32, place: vec2f, c: u32) -> f32 {
  let inside = clamp(place, vec2f(), vec2f(${f32(width - 1)}, ${f32(height - 1)}));
  let near = vec2i(inside);
  let share = inside - floor(inside);
  let rowWeights = cubicWeights(share.y);
  let columnWeights = cubicWeights(share.x);
  var sum = 0.0;
  for (var i = 0; i < 4; i++) {
    let row = u32(clamp(near.y - 1 + i, 0, ${height - 1}));
    for (var j = 0; j < 4; j++) {
      let column = u32(clamp(near.x - 1 + j, 0, ${width - 1}));
      sum += rowWeights[i] * columnWeights[j] * byteAt(n, row, column, c);
    }
  }
  return clamp(sum, 0.0, 255.0);
}`;
}

/** How far the control points push a pixel: cubic B-splines over rows and columns. */
function displacement({ image: { height, width } }: AugmentShape): string {
  return /* wgsl */ `
fn splineWeights(t: f32) -> vec4f {
  let rest = 1.0 - t;
  return vec4f(
    rest * rest * rest,
    4.0 - 6.0 * t * t + 3.0 * t * t * t,
    4.0 - 6.0 * rest * rest + 3.0 * rest * rest * rest,
    t * t * t,
  ) / 6.0;
}

fn displacement(p: u32, row: u32, column: u32) -> vec2f {
  let cells = vec2f(f32(column) + 0.5, f32(row) + 0.5) * ${f32(GRID_CELLS)}
    / vec2f(${f32(width)}, ${f32(height)});
  let cell = min(vec2u(cells), vec2u(${GRID_CELLS - 1}u));
  let columnWeights = splineWeights(cells.x - f32(cell.x));
  let rowWeights = splineWeights(cells.y - f32(cell.y));
  var sum = vec2f();
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      let point = p + ${Place.grid}u + 2u * ((cell.y + i) * ${GRID_POINTS}u + cell.x + j);
      let push = vec2f(variations[point], variations[point + 1u]);
      sum += rowWeights[i] * columnWeights[j] * push;
    }
  }
  return sum;
}`;
}

/** The eight directions in which a thickened pixel looks. */
const NEIGHBOURS = Array.from({ length: 8 }, (_, k) => {
  const angle = (k * Math.PI) / 4;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

/** The brightest of the readings around a place, or the darkest where the radius is below 0. */
function strongest(): string {
  return /* wgsl */ `
fn strongest(n: u32, place: vec2f, linear: mat2x2f, radius: f32, c: u32) -> f32 {
  let centre = readBetween(n, place, c);
  if (radius == 0.0) { return centre; }
  // A maximum of negated readings is a minimum.
  let sign = select(1.0, -1.0, radius < 0.0);
  let reach = radius * linear;
  var best = sign * centre;
${lines(NEIGHBOURS.length, (k) => {
  const [dx = 0, dy = 0] = NEIGHBOURS[k] ?? [];
  return `  best = max(best, sign * readBetween(n, place + reach * vec2f(${f32(dx)}, ${f32(dy)}), c));`;
})}
  return sign * best;
}`;
}
