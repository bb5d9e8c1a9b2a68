import { Gunzip, Inflate } from 'fflate';
import { vi } from 'vitest';

/** How many bytes come out of fflate's inflaters while this is done. */
export function inflatedBytes(work: () => void): number {
  let bytes = 0;
  const spies = [Inflate, Gunzip].map(({ prototype }) => {
    const { push } = prototype;
    return vi.spyOn(prototype, 'push').mockImplementation(function (
      this: Inflate | Gunzip,
      chunk,
      final,
    ) {
      const { ondata } = this;
      this.ondata = (piece, isLast) => {
        bytes += piece.length;
        ondata(piece, isLast);
      };
      try {
        push.call(this, chunk, final);
      } finally {
        this.ondata = ondata;
      }
    });
  });
  try {
    work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return bytes;
}
