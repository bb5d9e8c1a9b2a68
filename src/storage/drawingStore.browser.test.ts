import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { LabelledDrawing } from '../domain/drawing/drawings.ts';
import { Connection } from './connection.ts';
import { DrawingStore } from './drawingStore.ts';

const NAME = 'workbench-drawings-test';
const opened: Connection[] = [];

async function open(): Promise<{ connection: Connection; store: DrawingStore }> {
  const connection = await Connection.open(NAME);
  opened.push(connection);
  return { connection, store: new DrawingStore(connection) };
}

afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  await deleteDB(NAME);
});

const drawing = (id: string, createdAt: number): LabelledDrawing => ({
  ...{ id, createdAt, className: '7', width: 2, height: 1 },
  pixels: Uint8Array.of(0, 255),
});

describe('kept drawings', () => {
  it('are there after the database was closed, the oldest first', async () => {
    const { connection, store } = await open();
    await store.put([drawing('late', 2), drawing('early', 1)]);
    connection.close();
    const again = (await open()).store;
    expect(await again.list()).toEqual([drawing('early', 1), drawing('late', 2)]);
  });

  it('come back from their hiding, also when the page was opened anew', async () => {
    const { connection, store } = await open();
    await store.put([drawing('a', 1), drawing('b', 2)]);
    await store.hide(['b', 'never there'], 10);
    expect(await store.withIds(['b', 'never there'])).toMatchObject([drawing('b', 2)]);
    expect(await store.list()).toEqual([drawing('a', 1)]);
    connection.close();
    const again = (await open()).store;
    await again.removeHidden(9);
    expect(await again.restore(['b', 'never there'])).toBe(1);
    expect(await again.list()).toEqual([drawing('a', 1), drawing('b', 2)]);
  });

  it('are gone for good after that', async () => {
    const { store } = await open();
    await store.put([drawing('a', 1), drawing('b', 2)]);
    await store.hide(['b'], 10);
    await store.removeHidden(10);
    expect(await store.restore(['b'])).toBe(0);
    expect(await store.list()).toEqual([drawing('a', 1)]);
  });

  it('stand once, however often they are added', async () => {
    const { store } = await open();
    await store.put([drawing('a', 1)]);
    await store.put([drawing('a', 1)]);
    expect(await store.list()).toHaveLength(1);
  });
});
