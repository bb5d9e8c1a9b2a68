import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from './serve.mjs';

describe('serve', () => {
  /** @type {string} */
  let parent;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'workbench-serve-'));
    const site = join(parent, 'site');
    await mkdir(join(site, 'assets'), { recursive: true });
    await writeFile(join(site, 'index.html'), '<!doctype html>');
    await writeFile(join(site, 'digits.gz'), 'not really gzipped');
    await writeFile(join(site, 'assets/tfjs-D3bQ0aTz.wasm'), 'wasm');
    await writeFile(join(site, '.hidden'), 'hidden');
    await writeFile(join(parent, 'secret.txt'), 'secret');
    await mkdir(join(parent, 'site-too'));
    await writeFile(join(parent, 'site-too/secret.txt'), 'secret');
    await symlink(join(parent, 'secret.txt'), join(site, 'link.txt'));
    server = await serve(site);
  });
  afterAll(async () => {
    await server.close();
    await rm(parent, { recursive: true });
  });

  it('serves index.html for the folder, isolated and under a strict policy', async () => {
    const response = await fetch(server.url);

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toContain("'unsafe-eval'");
  });

  it.each([
    ['evil.example', 421],
    ['evil.example:80', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1', 200],
    ['LOCALHOST:1', 200],
    ['[::1]:80', 200],
  ])('called %j answers with %i', async (host, status) => {
    const { port } = server;
    const sent = request({ host: '127.0.0.1', port, headers: { host } });
    const answered = new Promise((resolve, reject) => {
      sent.once('response', resolve).once('error', reject).end();
    });
    expect(await answered).toMatchObject({ statusCode: status });
  });

  it('sends a .gz file as it is, with its size', async () => {
    const response = await fetch(new URL('digits.gz?x', server.url));

    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('content-length')).toBe('18');
    expect(response.headers.get('content-type')).toBe('application/gzip');
    expect(await response.text()).toBe('not really gzipped');
  });

  it('lets what is named by its content be kept for ever', async () => {
    const response = await fetch(new URL('assets/tfjs-D3bQ0aTz.wasm', server.url));

    expect(response.headers.get('cache-control')).toBe('max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('application/wasm');
  });

  it('says 304 to who has the file already', async () => {
    const etag = (await fetch(server.url)).headers.get('etag') ?? '';

    const again = await fetch(server.url, { headers: { 'If-None-Match': etag } });

    expect(again.status).toBe(304);
  });

  it('answers HEAD without a body', async () => {
    const response = await fetch(new URL('digits.gz', server.url), { method: 'HEAD' });

    expect(response.headers.get('content-length')).toBe('18');
    expect(await response.text()).toBe('');
  });

  it('refuses other methods', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });

  it.each([
    '/missing.js',
    '/assets',
    '/assets/',
    '/.hidden',
    '/link.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/../site-too/secret.txt',
    '//secret.txt',
    '/index.html%00.js',
    '/%',
    '*',
  ])('gives 404 for %s', async (path) => {
    expect(await statusOf(server.port, path)).toBe(404);
  });

  it('answers under both meanings of localhost', async () => {
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200);
    expect((await fetch(`http://localhost:${server.port}/`)).status).toBe(200);
  });

  it('rejects with the reason where the port is taken', async () => {
    await expect(serve(parent, { port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

/**
 * `fetch` tidies paths before it sends them; this does not.
 * @param {number} port
 * @param {string} path
 */
function statusOf(port, path) {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
