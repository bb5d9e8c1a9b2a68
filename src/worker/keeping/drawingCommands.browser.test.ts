import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeptDrawing, MOST_DRAWINGS } from '../../domain/drawing/drawings.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { fullDrawing } from '../../storage/testing/fullRecords.ts';
import type { Workspace } from '../workspace.ts';
import { DrawingCommands } from './drawingCommands.ts';
import { Keeper } from './keeper.ts';

const NAME = 'workbench-drawing-commands-test';
let keeper: Keeper;
let commands: DrawingCommands;
let shown: readonly KeptDrawing[] | undefined;

beforeEach(async () => {
  shown = undefined;
  const emit = (event: WorkerEvent) => {
    if (event.type === 'drawings') shown = event.drawings;
  };
  keeper = new Keeper(emit, NAME);
  await keeper.open();
  commands = new DrawingCommands({ site: NAME, keeper, emit } as unknown as Workspace);
});
afterEach(async () => {
  keeper.close();
  await deleteDB(NAME);
});

describe('drawings that are deleted under the page', () => {
  it('are shown no more, and take no room', async () => {
    const all = Array.from({ length: MOST_DRAWINGS }, (_, i) => fullDrawing(`${i}`));
    await keeper.drawings.put(all);
    await commands.show();
    expect(shown).toHaveLength(MOST_DRAWINGS);
    await deleteDB(NAME);
    await expect.poll(() => shown).toEqual([]);
    const pixels = new Uint8Array(28 * 28).fill(255, 300, 480);
    await commands.keep({ name: 'a', width: 28, height: 28, pixels, ink: 'light' }, '7');
    expect(await commands.list()).toHaveLength(1);
  });
});
