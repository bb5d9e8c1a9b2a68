import { beforeEach, describe, expect, it } from 'vitest';
import { webgpuDevice } from '../../engine/device.ts';
import type { Picture } from '../../protocol/protocol.ts';
import type { Session } from '../session.ts';
import { sessionRecipe, type TinySession, tinySession } from '../testing/tinySession.ts';

/** Has the GPU report an error that no call waits for, at once. */
function spoil(): void {
  const error = new GPUValidationError('spoiled');
  webgpuDevice().dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
}

const picture: Picture = {
  name: 'a line',
  width: 16,
  height: 16,
  ink: 'light',
  pixels: Uint8Array.from({ length: 256 }, (_, i) => (i % 16 === 8 ? 255 : 0)),
};

/** Everything that has the engine read images or weights. */
const commands: Record<string, (session: Session) => Promise<unknown>> = {
  evaluate: (session) => session.evaluate(),
  robustness: (session) => session.robustness(),
  exportPredictions: (session) => session.exportPredictions('submission'),
  scoreRuns: (session) => session.scoreRuns(),
  scoreDrawings: (session) => session.scoreDrawings(),
  predict: (session) => session.predict(picture),
  exportWeights: (session) => session.exportWeights('safetensors'),
};

describe('an engine that fails', () => {
  let tiny: TinySession;
  beforeEach(async () => {
    tiny = await tinySession('webgpu');
    await tiny.session.keepDrawing(picture, '0');
  });

  it.each(Object.keys(commands))('is why %s fails, and whoever asked hears it', async (command) => {
    const { session } = tiny;
    const asked = commands[command]?.(session);
    spoil();
    await expect(asked).rejects.toMatchObject({ code: 'engine.gpuError' });
    expect(session.phase).toBe('failed');
  });

  it('is why a run that waits in a pause cannot be stopped', async () => {
    const { session } = tiny;
    session.train({ ...sessionRecipe, steps: 1000 }).catch(() => undefined);
    await expect.poll(() => session.phase).toBe('training');
    await session.pause();
    expect(session.phase).toBe('paused');
    const stopped = session.stop();
    spoil();
    await expect(stopped).rejects.toMatchObject({ code: 'engine.gpuError' });
    expect(session.phase).toBe('failed');
  });
});
