import { type HoldingKind, WriterLock } from '../locks.ts';

/** A worker of its own, as another tab has one: asks for the lock of this name and says the outcome. */
let letGo: (() => void) | undefined;

self.onmessage = ({ data }: MessageEvent<{ hold: string; kind: HoldingKind } | 'release'>) => {
  if (data === 'release') letGo?.();
  else hold(data.hold, data.kind).catch(reportError);
};

async function hold(name: string, kind: HoldingKind): Promise<void> {
  letGo = await new WriterLock(name).hold(kind);
  self.postMessage(letGo !== undefined);
}
