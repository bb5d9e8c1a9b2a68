import { WriterLock } from '../locks.ts';

/** A worker of its own, as another tab has one: asks for the lock of this name and says the outcome. */
let letGo: (() => void) | undefined;

self.onmessage = ({ data }: MessageEvent<{ hold: string } | 'release'>) => {
  if (data === 'release') letGo?.();
  else hold(data.hold).catch(reportError);
};

async function hold(name: string): Promise<void> {
  letGo = await new WriterLock(name).hold();
  self.postMessage(letGo !== undefined);
}
