/**
 * Matrix products, which is what a training step mostly consists of: every convolution, its two
 * gradients, and every dense layer with its own, is `C = A B` with matrices that are read in place
 * (Chellapilla et al. 2006, "High performance convolutional neural networks for document
 * processing", without writing the unrolled matrix down).
 *
 * A kernel says where the elements of A and B lie, and what to do with a finished element of C. A
 * schedule (`registerTile`, `workgroupTile`, `quadTile`) decides who computes which tile.
 *
 * The depth, the dimension summed over, is walked as `taps` times `inner` elements. Within a tap the
 * elements of A lie at a constant stride, so that addresses and borders are worked out once a tap:
 * for a convolution a tap is a row of the filter window, and `inner` its width times the channels.
 */
export interface GemmProblem {
  readonly rows: number;
  readonly columns: number;
  readonly taps: number;
  readonly inner: number;
  /** Independent products: the batch of a batched product, or the groups of a convolution. */
  readonly batches: number;
  /**
   * WGSL statements that make `tap` and `batch` of `tapInPiece` and `part`, where the two differ
   * because the depth is cut into pieces; see `splitDepth`.
   */
  readonly locate?: string;
  /** WGSL condition of `tapInPiece` and `part` under which there is no such tap, and A is zero. */
  readonly beyond?: string;

  readonly a: MatrixA;
  readonly b: MatrixB;
  readonly c: MatrixC;
}

/** A(row, tap, k) = buffer[offset + k * stride] where first <= k < end, else 0. */
export interface MatrixA {
  readonly name: string;
  /** Elements of the buffer. Known to the compiler, they make the check of an index cheaper. */
  readonly size: number;
  /**
   * WGSL statements that return a vec4i from `row` of u32: what a span needs of its row. Divisions
   * stand here, so that a schedule can keep them out of its loop over the taps.
   */
  readonly place: string;
  /**
   * WGSL statements that return `Span(offset, first, end)` of i32 from `place` of vec4i, and `tap`
   * and `batch` of u32.
   */
  readonly span: string;
  readonly stride: number;
  /** Whether any span is shorter than the whole tap. */
  readonly bordered: boolean;
  /**
   * What lies side by side in aligned fours, so that it can be loaded as a vector: steps of the
   * depth, or rows, from each multiple of four on. What lies in a span does so by whole fours then,
   * and rows of a four have the same span but for the offset.
   */
  readonly fours?: 'depth' | 'rows';
}

/** B(tap, k, column) = buffer[offset + k * stride + column * columnStride]. */
export interface MatrixB {
  readonly name: string;
  readonly size: number;
  /** WGSL expression of u32 from `tap` and `batch`. */
  readonly offset: string;
  readonly stride: number;
  readonly columnStride: number;
}

/** C(row, column) = buffer[offset + row * rowStride + column], after `finish`. */
export interface MatrixC {
  readonly name: string;
  readonly size: number;
  /** WGSL expression of u32 from `batch`. */
  readonly offset: string;
  readonly rowStride: number;
  readonly finish?: Finish;
}

/** What becomes of four neighbouring sums of a row before they are written. */
export interface Finish {
  /** Tells one finish from another in names and keys. */
  readonly label: string;
  /**
   * Buffers of floats that it reads, with their number of elements. `name_at(i)` gives the four
   * from element i on.
   */
  readonly operands: readonly { readonly name: string; readonly size: number }[];
  /** WGSL declarations that the code needs. */
  readonly declarations?: string;
  /** Whether it reads the step's numbers, as `step.seed`. */
  readonly usesStep?: boolean;
  /**
   * WGSL statements that change `value: vec4f`, given `at: u32`, the position in C of the first of
   * the four, and `column: u32`, its column. What lies beyond the last column is never written.
   */
  readonly code: string;
}

export const depthOf = ({ taps, inner }: GemmProblem): number => taps * inner;

export const gemmFlops = (problem: GemmProblem): number =>
  2 * problem.batches * problem.rows * problem.columns * depthOf(problem);

/** Whether four columns of C can be loaded and stored at once. */
export function wideColumns({ columns, c }: GemmProblem): boolean {
  return columns % 4 === 0 && c.rowStride % 4 === 0;
}
