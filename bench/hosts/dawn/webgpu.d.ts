/** Dawn for Node, which is installed only where it is measured: here what of it is used. */
declare module 'webgpu' {
  export const globals: Record<string, unknown>;
  export function create(options: string[]): unknown;
}
