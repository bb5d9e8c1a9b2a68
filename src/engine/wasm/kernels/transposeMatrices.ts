import type { KernelCall } from '../kernel.ts';

/** `to[n, j, i] = from[n, i, j]`, with `from` `[count, rows, columns]`; gives a temporary, `to`. */
export function transposeMatrices(
  call: KernelCall,
  from: number,
  count: number,
  rows: number,
  columns: number,
): number {
  const to = call.temporary(count * rows * columns);
  transposeMatricesTo(call, from, to, count, rows, columns);
  return to;
}

export function transposeMatricesTo(
  call: KernelCall,
  from: number,
  to: number,
  count: number,
  rows: number,
  columns: number,
): void {
  const matrixBytes = rows * columns * Float32Array.BYTES_PER_ELEMENT;
  for (let n = 0; n < count; n++) {
    call.run('transpose', from + n * matrixBytes, to + n * matrixBytes, rows, columns);
  }
}
