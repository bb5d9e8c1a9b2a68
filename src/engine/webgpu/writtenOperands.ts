import type { Shader } from './operation.ts';

/** Names of the operands that a shader may write, by what its source declares. */
export function writtenOperands({ operands, wgsl }: Shader): string[] {
  const declared = wgsl.matchAll(/@binding\((\d+)\)\s*var<storage,\s*read_write>/g);
  const written = new Set([...declared].map(([, binding]) => Number(binding)));
  return operands.filter((_, binding) => written.has(binding));
}
