import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { together } from '../../util/together.ts';
import { downloadMnist } from './downloadMnist.ts';
import { fetchAddress } from './fetchAddress.ts';
import { openTransfer } from './transfer.ts';

const goOn = () => new AbortController().signal;
const ignore = () => undefined;

describe('what comes over the network', () => {
  let server: Server;
  let origin = '';
  /** Answers that have begun and have no end of their own. */
  let endless: ServerResponse[] = [];

  beforeAll(async () => {
    vi.stubGlobal('navigator', { onLine: true });
    server = createServer((request, response) => {
      const path = request.url ?? '';
      if (path.endsWith('endless')) {
        endless.push(response);
        response.write('x');
      } else if (path.endsWith('large')) response.end('x'.repeat(1000));
      else if (path.startsWith('/down/')) response.end('<!doctype html>Down for maintenance');
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    endless = [];
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    server.closeAllConnections();
    server.close();
  });

  const begun = () => expect.poll(() => endless).toHaveLength(1);
  const closed = () => expect.poll(() => endless[0]?.destroyed).toBe(true);

  it('ends with the others where one is refused, and that one’s reason is told', async () => {
    const ends = together(goOn(), [
      async (own) => fetchAddress(`${origin}/endless`, ignore, own),
      async (own) => {
        await begun();
        return fetchAddress(`${origin}/missing`, ignore, own);
      },
    ]);
    await expect(ends).rejects.toMatchObject({
      code: 'dataset.notFetched',
      params: { url: `${origin}/missing`, problem: 'HTTP 404' },
    });
    await closed();
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    const end = fetchAddress(`${origin}/endless`, ignore, cancel.signal);
    await begun();
    cancel.abort();
    await expect(end).rejects.toMatchObject({ code: 'dataset.cancelled' });
    await closed();
  });

  it('is refused for its length where it is too long', async () => {
    await expect(fetchAddress(`${origin}/large`, ignore, goOn(), 999)).rejects.toMatchObject({
      code: 'dataset.tooLarge',
      params: { file: `${origin}/large`, bytes: 1000, limit: 999 },
    });
    await expect(fetchAddress(`${origin}/large`, ignore, goOn(), 1000)).resolves.toMatchObject({
      name: 'large',
    });
  });

  it('ends where nothing comes any more, and goes on as long as something does', async () => {
    vi.useFakeTimers();
    try {
      const transfer = openTransfer(goOn(), 60_000);
      for (let piece = 0; piece < 5; piece++) {
        vi.advanceTimersByTime(59_000);
        transfer.noteBytes();
      }
      expect([transfer.signal.aborted, transfer.stall]).toEqual([false, undefined]);
      vi.advanceTimersByTime(60_000);
      expect(transfer.signal.aborted).toBe(true);
      expect(transfer.stall).toEqual({ code: 'wait.noBytes', params: { seconds: 60 } });
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves nothing behind that could end what comes later', () => {
    vi.useFakeTimers();
    try {
      const transfer = openTransfer(goOn(), 60_000);
      transfer.close();
      vi.advanceTimersByTime(600_000);
      expect(transfer.stall).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('is named where a host answers with a page of its own', async () => {
    await expect(downloadMnist(`${origin}/down/`, ignore, goOn())).rejects.toMatchObject({
      code: 'dataset.unreachable',
      params: { url: '/down/mnist/manifest.json' },
    });
  });
});
