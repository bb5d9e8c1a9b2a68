import { describe, expect, it } from 'vitest';
import type { Picture } from '../../protocol/protocol.ts';
import { sessionRecipe, tinySession } from '../testing/tinySession.ts';

const picture: Picture = {
  ...{ name: 'a line', width: 16, height: 16, ink: 'light' },
  pixels: Uint8Array.from({ length: 256 }, (_, i) => (i % 16 === 8 ? 255 : 0)),
};

describe('the score of a run that was deleted, and may yet be brought back', () => {
  it('is there when it is', async () => {
    const { session, events } = await tinySession('wasm');
    await session.train(sessionRecipe);
    await session.keepDrawing(picture, '0');
    const first = await session.scoreDrawings();
    await session.resume(1);
    await session.deleteRun(first.runId);
    const { step } = await session.scoreDrawings();
    expect(step).toBe(first.step + 1);
    await session.restoreRun(first.runId);
    const listed = (await session.listRuns()).find(({ id }) => id === first.runId);
    expect(listed?.drawnScore?.step).toBe(step);
    expect(events.filter(({ type }) => type === 'error')).toEqual([]);
  });
});
