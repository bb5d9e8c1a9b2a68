/**
 * WebAssembly that does multiply-adds on vectors of four in registers and touches no memory: the most that
 * kernels without a fused multiply-add can do on a processor. With `relaxed` they are fused, which ours
 * are not, so that every machine gives the same bits.
 *
 * The module is written byte by byte: one function `run(turns: i32) -> f32`, whose loop has
 * `accumulators` independent sums, each multiplied and added to once a turn.
 */
export function simdModule(accumulators: number, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const turns = 0;
  const multiplier = 1;
  const sum = (i: number) => 2 + i;
  const body = [
    // Locals: the multiplier and the sums, vectors of four.
    ...vector([[...unsigned(1 + accumulators), V128]]),
    ...splat(0.999),
    ...[LOCAL_SET, multiplier],
    ...range(accumulators).flatMap((i) => [...splat(1 + i), LOCAL_SET, sum(i)]),
    ...[LOOP, EMPTY],
    ...range(accumulators).flatMap((i) => [
      ...[LOCAL_GET, sum(i), LOCAL_GET, multiplier],
      ...(relaxed
        ? [LOCAL_GET, multiplier, SIMD, ...unsigned(RELAXED_MADD)]
        : [SIMD, ...unsigned(F32X4_MUL), LOCAL_GET, multiplier, SIMD, ...unsigned(F32X4_ADD)]),
      ...[LOCAL_SET, sum(i)],
    ]),
    ...[LOCAL_GET, turns, I32_CONST, 1, I32_SUB, LOCAL_TEE, turns, BR_IF, 0],
    END,
    // All sums together, so that none is left out.
    ...[LOCAL_GET, sum(0)],
    ...range(accumulators - 1).flatMap((i) => [
      ...[LOCAL_GET, sum(i + 1), SIMD, ...unsigned(F32X4_ADD)],
    ]),
    ...[SIMD, ...unsigned(F32X4_EXTRACT_LANE), 0],
    END,
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, 1, I32, 1, F32]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[3, ...new TextEncoder().encode('run'), 0, 0]])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

/** FLOPs of a turn of its loop. */
export const flopsOfTurn = (accumulators: number) => 2 * 4 * accumulators;

const [I32, F32, V128, EMPTY] = [0x7f, 0x7d, 0x7b, 0x40];
const [LOOP, END, BR_IF] = [0x03, 0x0b, 0x0d];
const [LOCAL_GET, LOCAL_SET, LOCAL_TEE] = [0x20, 0x21, 0x22];
const [I32_CONST, I32_SUB, SIMD] = [0x41, 0x6b, 0xfd];
const V128_CONST = 0x0c;
const F32X4_EXTRACT_LANE = 0x1f;
const F32X4_ADD = 0xe4;
const F32X4_MUL = 0xe6;
const RELAXED_MADD = 0x105;

function splat(value: number): number[] {
  const lanes = new Uint8Array(Float32Array.of(value, value, value, value).buffer);
  return [SIMD, V128_CONST, ...lanes];
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

const vector = (items: readonly (readonly number[])[]) => [
  ...unsigned(items.length),
  ...items.flat(),
];

const section = (id: number, bytes: readonly number[]) => [id, ...unsigned(bytes.length), ...bytes];
