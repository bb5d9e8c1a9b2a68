/**
 * What the model does to a worker that a page cannot do: lose its GPU. And what it wants to hear of
 * it that a page does not: rejections that nobody handles. Imported before the worker's own entry, so
 * that these messages reach nothing of it.
 */

/** From the model to the worker. */
export type WorkerOrder = { readonly modelOrder: 'loseGpu' };

/** From the worker to the model. */
export type WorkerConfession = { readonly unhandled: string };

let device: GPUDevice | undefined;

if (typeof GPUAdapter !== 'undefined') {
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...how) {
    device = await request.apply(this, how);
    return device;
  };
}

self.addEventListener('message', (event: MessageEvent<Partial<WorkerOrder> | undefined>) => {
  if (event.data?.modelOrder !== 'loseGpu') return;
  event.stopImmediatePropagation();
  device?.destroy();
});

self.addEventListener('unhandledrejection', ({ reason }) => {
  const unhandled = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  self.postMessage({ unhandled } satisfies WorkerConfession);
});
