import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { type Binding, declareBindings, lines } from '../wgsl.ts';
import { depthOf, type Finish, type GemmProblem, wideColumns } from './problem.ts';

/** The parts of WGSL that every schedule of a matrix product shares: how to read A and B, how to
 * finish and write C. */

export interface GemmSource {
  readonly operands: readonly string[];
  readonly declarations: string;
}

export function gemmSource(problem: GemmProblem): GemmSource {
  const wideB = readsWideB(problem);
  const { operands, declarations } = frameSource(problem, { a: false, b: wideB });
  return {
    operands,
    declarations: `${declarations}

${readA(problem)}
${readB(problem, wideB)}`,
  };
}

/** All but the loads of A and B: for schedules that have their own. `wide` are arrays of vectors. */
export function frameSource(
  problem: GemmProblem,
  wide: { readonly a: boolean; readonly b: boolean },
): GemmSource {
  const { a, b, c } = problem;
  const wideC = wideColumns(problem);
  const bindings: Binding[] = [
    { name: a.name, access: 'read', type: arrayOf(a.size, wide.a) },
    { name: b.name, access: 'read', type: arrayOf(b.size, wide.b) },
    { name: c.name, access: 'read_write', type: arrayOf(c.size, wideC) },
    ...finishBindings(c.finish, wideC),
  ];
  return {
    operands: bindings.map(({ name }) => name),
    declarations: `
${c.finish?.usesStep ? STEP_STRUCT : ''}
${declareBindings(bindings)}

const ROWS = ${problem.rows}u;
const COLUMNS = ${problem.columns}u;
const INNER = ${problem.inner}u;
const DEPTH = ${depthOf(problem)}u;

${spanOfA(problem)}
${offsetOfB(problem)}
${finishSource(c.finish, wideC)}
${writeC(problem, wideC)}`,
  };
}

export function arrayOf(floats: number, wide: boolean): string {
  return wide ? `array<vec4f, ${floats / 4}>` : `array<f32, ${floats}>`;
}

/** Whether four columns of B lie side by side, aligned. */
export function readsWideB({ b, columns }: GemmProblem): boolean {
  return b.columnStride === 1 && b.stride % 4 === 0 && columns % 4 === 0;
}

/** The buffers that a finish reads, and the step's numbers if it uses them. */
export function finishBindings(finish: Finish | undefined, wide: boolean): Binding[] {
  if (!finish) return [];
  const buffers = finish.operands.map(
    ({ name, size }): Binding => ({ name, access: 'read', type: arrayOf(size, wide) }),
  );
  return finish.usesStep ? [...buffers, STEP_BINDING] : buffers;
}

const WHOLE_DEPTH = 'let tap = tapInPiece; let batch = part;';

function spanOfA({ a, beyond, locate = WHOLE_DEPTH }: GemmProblem): string {
  return `
struct Span { offset: i32, first: i32, end: i32 }

fn placeOf(row: u32) -> vec4i {
  ${a.place}
}

fn ${beyond ? 'spanOfTap' : 'spanAt'}(place: vec4i, tapInPiece: u32, part: u32) -> Span {
  ${locate}
  ${a.span}
}
${beyond ? onlyWithin(beyond) : ''}

fn aSpan(row: u32, tapInPiece: u32, part: u32) -> Span {
  return spanAt(placeOf(row), tapInPiece, part);
}`;
}

function readA({ a }: GemmProblem): string {
  const element = a.stride === 1 ? 'k' : `k * ${a.stride}`;
  const load = a.bordered
    ? `// One comparison: what lies before the first is huge when unsigned. An and would branch.
  let inside = u32(k - span.first) < u32(span.end - span.first);
  return select(0.0, ${a.name}[u32(select(0, span.offset + ${element}, inside))], inside);`
    : `return ${a.name}[u32(span.offset + ${element})];`;
  return `
fn aAt(span: Span, k: i32) -> f32 {
  ${load}
}`;
}

function onlyWithin(beyond: string): string {
  return `
fn spanAt(place: vec4i, tapInPiece: u32, part: u32) -> Span {
  let span = spanOfTap(place, tapInPiece, part);
  return Span(span.offset, span.first, select(span.end, span.first, ${beyond}));
}`;
}

function offsetOfB({ b, locate = WHOLE_DEPTH }: GemmProblem): string {
  return `
fn bOffset(tapInPiece: u32, part: u32) -> u32 {
  ${locate}
  return ${b.offset};
}`;
}

function readB({ b }: GemmProblem, wide: boolean): string {
  const element = b.stride === 1 ? 'k' : `k * ${b.stride}u`;
  const at = (lane: number) =>
    `${b.name}[offset + ${element} + min(column + ${lane}u, COLUMNS - 1u) * ${b.columnStride}u]`;
  const load = wide
    ? `${b.name}[(offset + ${element} + min(column, COLUMNS - 4u)) / 4u]`
    : `vec4f(${[0, 1, 2, 3].map(at).join(',\n    ')})`;
  return `
// Four columns; those beyond the last repeat it, and are not written.
fn bAt(offset: u32, k: u32, column: u32) -> vec4f {
  return ${load};
}`;
}

/** `fn finish` of four sums at a position of C, with what it reads. */
export function finishSource(finish: Finish | undefined, wide: boolean): string {
  if (!finish) return 'fn finish(sums: vec4f, at: u32, column: u32) -> vec4f { return sums; }';
  const readers = finish.operands.map(({ name, size }) => {
    const at = (lane: number) => `${name}[min(at + ${lane}u, ${size - 1}u)]`;
    const load = wide ? `${name}[at / 4u]` : `vec4f(${[0, 1, 2, 3].map(at).join(', ')})`;
    return `fn ${name}_at(at: u32) -> vec4f { return ${load}; }`;
  });
  return `
${readers.join('\n')}
${finish.declarations ?? ''}
fn finish(sums: vec4f, at: u32, column: u32) -> vec4f {
  var value = sums;
  ${finish.code}
  return value;
}`;
}

/** Early returns would do as well, but compilers for processors choke on dozens of them, inlined. */
function writeC({ c }: GemmProblem, wide: boolean): string {
  const write = wide
    ? `${c.name}[at / 4u] = value;`
    : lines(
        4,
        (lane) => `if (column + ${lane}u < COLUMNS) { ${c.name}[at + ${lane}u] = value[${lane}]; }`,
      );
  return `
fn writeC(row: u32, column: u32, batch: u32, sums: vec4f) {
  if ((row < ROWS) & (column < COLUMNS)) {
    let at = ${c.offset} + row * ${c.rowStride}u + column;
    let value = finish(sums, at, column);
    ${write}
  }
}`;
}
