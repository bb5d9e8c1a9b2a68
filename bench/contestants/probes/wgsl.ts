/**
 * Kernels that do multiply-adds and touch no memory in their loops: what a device can do at its best.
 * Which form is the fastest depends on the device and its compiler, so several are tried, and shares are
 * of the highest.
 */
export interface Probe {
  readonly wgsl: string;
  /** Of one invocation. */
  readonly flops: number;
}

export const WORKGROUP_SIZE = 64;
/** Writes of different invocations may meet; nobody reads them. */
export const OUTPUT_FLOATS = 65_536;

/** Multiply-adds of an invocation, about. */
const OPERATIONS = 16_000;

export type ProbeName = 'straight' | 'loop' | 'matrix';

export const probes: Readonly<Record<ProbeName, () => Probe>> = { straight, loop, matrix };

/** Chains of constants inside a turn, whose values stay in registers whatever the compiler does. */
function straight(): Probe {
  const [chains, links] = [12, 32];
  const turns = turnsFor(chains * links);
  const each = (line: (i: number) => string) =>
    Array.from({ length: chains }, (_, i) => line(i)).join('\n');
  const turn = [
    each((i) => `let b${i}_0 = a${i};`),
    ...Array.from({ length: links }, (_, k) =>
      each((i) => `let b${i}_${k + 1} = b${i}_${k} * m + c;`),
    ),
    each((i) => `a${i} = b${i}_${links};`),
  ].join('\n');
  return probe(turns, chains, turn, 2 * chains * links * turns);
}

/** Sums that each turn of the loop reads and writes, as an ordinary kernel has them. */
function loop(): Probe {
  const sums = 8;
  const turns = turnsFor(sums);
  const turn = Array.from({ length: sums }, (_, i) => `a${i} = a${i} * m + c;`).join('\n');
  return probe(turns, sums, turn, 2 * sums * turns);
}

/**
 * Sums of four, to each of which a matrix times its neighbour is added: the form of our own kernels on a
 * software adapter. The matrix is small, so that the sums stay numbers.
 */
function matrix(): Probe {
  const sums = 4;
  const turns = turnsFor(sums * 16);
  const each = (line: (i: number) => string) =>
    Array.from({ length: sums }, (_, i) => line(i)).join('\n');
  const wgsl = kernel(`
  let m = mat4x4f(vec4f(1, 2, 3, 1) + c, vec4f(2, 1, 1, 3), vec4f(3, 1, 2, 1), vec4f(1, 3, 1, 2)) * 1e-4;
  ${each((i) => `var a${i} = vec4f(c + ${i}.0);`)}
  for (var turn = 0; turn < ${turns}; turn++) {
    ${each((i) => `a${i} = a${i} + m * a${(i + 1) % sums};`)}
  }
  let sum = dot(${Array.from({ length: sums }, (_, i) => `a${i}`).join(' + ')}, vec4f(1));`);
  return { wgsl, flops: 2 * 16 * sums * turns };
}

const turnsFor = (operations: number) => Math.round(OPERATIONS / operations);

function probe(turns: number, sums: number, turn: string, flops: number): Probe {
  const each = (line: (i: number) => string) => Array.from({ length: sums }, (_, i) => line(i));
  const wgsl = kernel(`
  let m = 0.999;
  ${each((i) => `var a${i} = c + ${i}.0;`).join('\n')}
  for (var turn = 0; turn < ${turns}; turn++) {
    ${turn}
  }
  let sum = ${each((i) => `a${i}`).join(' + ')};`);
  return { wgsl, flops };
}

/** The start depends on the invocation, so that no compiler knows what comes out. */
const kernel = (body: string) => `
@group(0) @binding(0) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(${WORKGROUP_SIZE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = f32(id.x) * 1e-6;
  ${body}
  output[id.x % ${OUTPUT_FLOATS}u] = sum;
}`;
