import type { CsvReading, FromPage } from './worker.ts';

declare global {
  interface Window {
    /** Reads the chosen file in a new worker. */
    readChosen(): Promise<CsvReading>;
  }
}

const PING_MS = 5;

window.readChosen = () => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const send = (message: FromPage) => worker.postMessage(message);
  const file = document.querySelector('input')?.files?.[0];
  if (file) send(file);
  const pings = setInterval(() => send(performance.timeOrigin + performance.now()), PING_MS);
  return new Promise<CsvReading>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  }).finally(() => {
    clearInterval(pings);
    worker.terminate();
  });
};
