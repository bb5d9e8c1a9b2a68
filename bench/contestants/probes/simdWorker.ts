/** A module to be made ready, or how many turns it is to do. */
export type SimdRequest = { readonly module: WebAssembly.Module } | { readonly turns: number };

let run: ((turns: number) => number) | undefined;

self.addEventListener('message', ({ data }: MessageEvent<SimdRequest>) => {
  if ('module' in data) {
    run = new WebAssembly.Instance(data.module).exports.run as (turns: number) => number;
  } else run?.(data.turns);
  self.postMessage('done');
});
