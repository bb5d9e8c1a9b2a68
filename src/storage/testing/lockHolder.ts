import { WriterLock } from '../locks.ts';

/** A worker of its own, as another tab has one: asks for the lock of this name and says the outcome. */
let letGo: (() => void) | undefined;

self.onmessage = async ({ data }: MessageEvent<{ hold: string } | 'release'>) => {
  if (data === 'release') return letGo?.();
  letGo = await new WriterLock(data.hold).hold();
  self.postMessage(letGo !== undefined);
};
