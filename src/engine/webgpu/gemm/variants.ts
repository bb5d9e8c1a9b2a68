import type { DeviceTraits, Operation, Shader, Variant } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { depthOf, type GemmProblem, gemmFlops } from './problem.ts';
import { type QuadTile, quadTileShader } from './quadTile.ts';
import { type RegisterTile, registerTileShader } from './registerTile.ts';
import { PARTIAL_SUMS, splitDepth } from './splitDepth.ts';
import { type WorkgroupTile, workgroupTileShader } from './workgroupTile.ts';

/** The ways to compute a product that are worth trying on a device, likeliest first. */
export function gemmVariants(problem: GemmProblem, traits: DeviceTraits): Variant[] {
  const tiles = traits.software ? softwareTiles(problem) : hardwareTiles(problem);
  const variants = tiles
    .filter((tile) => traits.subgroups || !needsSubgroups(tile))
    .map((tile) => asVariant(problem, tile));
  // A tile that is cut to what a small problem needs may be another one already.
  return [...new Map(variants.map((variant) => [variant.name, variant])).values()];
}

/** An operation that is one product. `bytes` counts A, B and C once each, as they lie in memory. */
export function gemmOperation(
  op: string,
  shape: string,
  problem: GemmProblem,
  floats: number,
  traits: DeviceTraits,
): Operation {
  return {
    op,
    shape,
    flops: gemmFlops(problem),
    bytes: floats * FLOAT_BYTES,
    variants: gemmVariants(problem, traits),
  };
}

type Tile = (RegisterTile | WorkgroupTile | QuadTile) & { readonly pieces?: number };

/** Tiles as large as the compiler bears: loads are what costs, and a large tile has fewer of them. */
function softwareTiles(problem: GemmProblem): Tile[] {
  const one = (tile: Pick<RegisterTile, 'rows' | 'vectors'>): RegisterTile => ({
    rows: Math.min(tile.rows, 4 * Math.ceil(problem.rows / 4)),
    vectors: Math.min(tile.vectors, Math.ceil(problem.columns / 16)),
    unroll: 4,
    share: false,
    workgroupSize: 4,
  });
  const small = one({ rows: 4, vectors: 1 });
  if (gemmFlops(problem) < WORTH_COMPILING) return [small];
  return [quadTileFor(problem), one({ rows: 16, vectors: 2 }), small];
}

/** Longest side of a quad's tile. */
const QUAD_SIDE = 32;
/** Between two taps the sums go through memory, so taps up to this are unrolled as a whole. */
const SHORT_TAP = 16;

/** Tiles of equal sides, as few as possible, and not larger than what they share out. */
function quadTileFor({ rows, columns, inner }: GemmProblem): QuadTile {
  const side = (length: number) => Math.ceil(length / Math.ceil(length / QUAD_SIDE) / 4);
  return {
    quadRows: side(rows),
    columns: 4 * side(columns),
    unroll: inner <= SHORT_TAP ? inner : 4,
  };
}

/** FLOPs below which a large tile takes longer to compile than it will ever save. */
const WORTH_COMPILING = 2e7;

/** Invocations that fill a large GPU a few times over. */
const FULL_GPU = 64 * 1024;

/** 64 accumulators an invocation is what most GPUs hold in registers; smaller tiles for small C. */
function hardwareTiles(problem: GemmProblem): Tile[] {
  const tiles: (RegisterTile | WorkgroupTile)[] = [
    { rows: 8, vectors: 2, slice: 8 },
    { rows: 4, vectors: 1, slice: 16 },
    { rows: 8, vectors: 1, slice: 16 },
    { rows: 8, vectors: 2, unroll: 4, share: true, workgroupSize: 64 },
    { rows: 4, vectors: 1, unroll: 4, share: true, workgroupSize: 64 },
    { rows: 4, vectors: 2, unroll: 4, share: false, workgroupSize: 64 },
  ];
  return tiles.flatMap((tile) => [{ ...tile, pieces: piecesFor(problem, tile) }, tile]);
}

/** Into how many pieces the depth is cut so that every core has work; 1 where it has anyway. */
function piecesFor(problem: GemmProblem, { rows, vectors }: RegisterTile | WorkgroupTile): number {
  const invocations = (problem.batches * problem.rows * problem.columns) / (rows * vectors * 4);
  const wanted = Math.ceil(FULL_GPU / invocations);
  const longest = Math.floor(depthOf(problem) / 64);
  return Math.max(1, Math.min(wanted, longest, problem.taps, 256));
}

function asVariant(problem: GemmProblem, tile: Tile): Variant {
  const { pieces = 1 } = tile;
  if (pieces === 1) {
    const shader = tileShader(problem, tile);
    return { name: shader.label, shaders: [shader], scratch: {} };
  }
  const { partial, sum, partialFloats } = splitDepth(problem, pieces);
  const shader = tileShader(partial, tile);
  return {
    name: `${shader.label} /${pieces}`,
    shaders: [shader, sum],
    scratch: { [PARTIAL_SUMS]: partialFloats * FLOAT_BYTES },
  };
}

function tileShader(problem: GemmProblem, tile: Tile): Shader {
  if ('quadRows' in tile) return quadTileShader(problem, tile);
  return 'slice' in tile ? workgroupTileShader(problem, tile) : registerTileShader(problem, tile);
}

function needsSubgroups(tile: Tile): boolean {
  return 'quadRows' in tile || ('share' in tile && tile.share);
}
