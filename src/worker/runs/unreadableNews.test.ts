import { expect, it } from 'vitest';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { UnreadableNews } from './unreadableNews.ts';

const record = (id: string) => ({
  ...({ kind: 'run', id, name: `run ${id}` } as const),
  problem: { code: 'checkpoint.incomplete', params: {} } as const,
});

it('tells of what cannot be read in words once, as long as there is any', () => {
  const events: WorkerEvent[] = [];
  const news = new UnreadableNews((event) => events.push(event));
  const told = () => events.flatMap((event) => (event.type === 'error' ? [event] : []));

  // Another worker on the page may have told of some.
  news.tell('run', []);
  news.tell('run', []);
  expect(events).toEqual([{ type: 'unreadable', kind: 'run', records: [] }]);
  news.tell('run', [record('a'), record('b')]);
  news.tell('run', [record('a')]);
  expect(told()).toMatchObject([
    { kind: 'warning', code: 'storage.leftUnread', params: { count: 2, name: 'run a' } },
  ]);
  news.tell('run', []);
  expect(events.at(-1)).toEqual({ type: 'unreadable', kind: 'run', records: [] });
  news.tell('run', [record('c')]);
  expect(told()).toHaveLength(2);
  expectBothLanguages({ code: 'storage.leftUnread', params: { count: 2, name: 'run a' } }, 'run a');
});
