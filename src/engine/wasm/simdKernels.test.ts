import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { instantiateKernels } from './simdKernels.ts';

/** Ids of the sections of a WebAssembly binary (core specification, 5.5.2). */
const [CODE, DATA] = [10, 11];

const readModule = async (name: string) =>
  new Uint8Array(await readFile(new URL(`generated/${name}.wasm`, import.meta.url)));

/** Behind a head of 8 bytes, each section is an id, its size as an LEB128 number, and its contents. */
function sectionIds(module: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < module.length) {
    ids.push(module[at++] ?? -1);
    let [size, shift, byte] = [0, 0, 0];
    do {
      byte = module[at++] ?? 0;
      size += (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    at += size;
  }
  expect(at, 'the sections end where the module does').toBe(module.length);
  return ids;
}

describe.each(['kernels', 'kernels-shared'])('the module %s', (name) => {
  it('imports a memory and nothing else', async () => {
    const module = await WebAssembly.compile(await readModule(name));

    expect(WebAssembly.Module.imports(module)).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
  });

  it('has code but no data', async () => {
    const ids = sectionIds(await readModule(name));

    expect(ids).toContain(CODE);
    expect(ids).not.toContain(DATA);
  });
});

it('the kernels bring no data of their own into the memory that they are given', async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const contents = new Uint8Array(memory.buffer).fill(255);

  await instantiateKernels(await WebAssembly.compile(await readModule('kernels')), memory);

  expect(contents.every((byte) => byte === 255)).toBe(true);
});
