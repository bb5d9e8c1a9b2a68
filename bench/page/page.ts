import type { HostAnswer, HostRequest } from './protocol.ts';

declare global {
  interface Window {
    /** Called by hosts/pageHost.mjs; one question at a time. */
    ask(request: HostRequest): Promise<HostAnswer>;
  }
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

window.ask = (request) =>
  new Promise<HostAnswer>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ error: message || 'the worker did not start' });
    worker.postMessage(request);
  });
