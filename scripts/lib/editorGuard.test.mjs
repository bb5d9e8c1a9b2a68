import { createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editorGuard } from './editorGuard.mjs';

describe('the server of development', () => {
  /** @type {import('vite').ViteDevServer} */
  let server;

  beforeAll(async () => {
    server = await createServer({
      ...{ configFile: false, logLevel: 'silent', plugins: [editorGuard()] },
      server: { port: 0, host: '127.0.0.1' },
      optimizeDeps: { noDiscovery: true },
    });
    await server.listen();
  });
  afterAll(() => server.close());

  it.each(['cross-site', 'none', undefined])('opens no editor when asked from %s', async (site) => {
    const [url] = server.resolvedUrls?.local ?? [];
    // A file that is not there: were it let through, the answer would be another, and no editor opens.
    const response = await fetch(`${url}__open-in-editor?file=`, {
      headers: site === undefined ? {} : { 'Sec-Fetch-Site': site },
    });
    expect(response.status).toBe(403);
  });

  it('lets its own page ask', async () => {
    const [url] = server.resolvedUrls?.local ?? [];
    const response = await fetch(`${url}__open-in-editor?file=`, {
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(response.status).toBe(500); // no file was named
  });
});
