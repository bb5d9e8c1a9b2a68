import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { instantiateKernels } from './simdKernels.ts';

it('the kernels bring no data of their own into the memory that they are given', async () => {
  const bytes = await readFile(new URL('generated/kernels.wasm', import.meta.url));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const contents = new Uint8Array(memory.buffer).fill(255);

  await instantiateKernels(await WebAssembly.compile(bytes), memory);

  expect(contents.every((byte) => byte === 255)).toBe(true);
});
