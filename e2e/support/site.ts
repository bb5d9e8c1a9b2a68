import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright';
import { expect, vi } from 'vitest';
import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { isolationHeaders, securityHeaders } from '../../scripts/lib/securityHeaders.mjs';
import { serve } from '../../scripts/lib/serve.mjs';

/** The built site in a browser on a new profile, and all that it should not have done. */
export interface Site {
  readonly url: string;
  readonly page: Page;
  /** Uncaught errors and rejections, breaches of the policy, requests to elsewhere. */
  readonly complaints: readonly string[];
  /** What the page and its workers wrote to the console as errors. */
  readonly consoleErrors: readonly string[];
  /** The host is out of reach from now on. */
  stopHost(): Promise<void>;
  /** Fails where there are complaints that the test did not expect. */
  close(): Promise<void>;
}

export interface Host {
  /** Of built files; the app's own where none is named. */
  readonly folder?: string;
  /** Whether it sends the headers that our own server sends, or those alone that isolate a page. */
  readonly sendsHeaders?: boolean | 'isolation';
  /**
   * What it is called, localhost if not otherwise. Over http any other name is no secure context, where
   * browsers offer no GPU.
   */
  readonly name?: string;
  /** Which complaints the test itself gives reason for. Of any other, `close` complains. */
  readonly expects?: RegExp;
  /** What is done to the page before it is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** Opens the page at this address, as `?engine=wasm&width=0.125`. */
export async function openSite(
  address: string,
  options: BrowserContextOptions = {},
  { folder = inProject('dist'), sendsHeaders = true, name, expects, prepare }: Host = {},
): Promise<Site> {
  const complaints: string[] = [];
  const consoleErrors: string[] = [];
  const reports = await collectPolicyReports((report) => complaints.push(report));
  const server = await serve(folder, {
    headers: headersOf(sendsHeaders, reports.url),
    ...(name === undefined ? {} : { name }),
  });
  const siteUrl = name === undefined ? server.url : server.url.replace('localhost', name);
  const args = name === undefined ? [] : [`--host-resolver-rules=MAP ${name} 127.0.0.1`];
  const context = await launch(await findBrowser(), { ...options, args });
  const page = context.pages()[0] ?? (await context.newPage());

  // Those of every page of the context, and of their workers.
  context.on('weberror', (web) => {
    const error = web.error();
    complaints.push(`Uncaught: ${error.stack ?? error.message}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  page.on('crash', () => complaints.push('The page crashed.'));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    const isLocal = protocol === 'blob:' || protocol === 'data:';
    const isExpected = `${origin}/` === siteUrl || `${origin}/` === reports.url || isLocal;
    if (!isExpected) complaints.push(`Request to ${request.url()}`);
  });

  const url = `${siteUrl}${address}`;
  await prepare?.(page);
  await page.goto(url);
  if (name === undefined) await expectAdapter(page);
  return {
    url,
    page,
    complaints,
    consoleErrors,
    stopHost: server.close,
    close: async () => {
      await context.close();
      await server.close();
      await reports.close();
      expect(complaints.filter((complaint) => !expects?.test(complaint))).toEqual([]);
    },
  };
}

/** Fails where the browser has no GPU adapter, be it of software: no test would be about what users have. */
export async function expectAdapter(page: Page): Promise<void> {
  const hasAdapter = () =>
    page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  // Asked again where the page was just loaded anew, as it is once on a host that sends no headers.
  await vi.waitFor(
    async () => expect(await hasAdapter(), 'an adapter of this browser').toBe(true),
    { timeout: 30_000, interval: 200 },
  );
}

function headersOf(sent: boolean | 'isolation', url: string): Record<string, string> {
  if (sent === 'isolation') return isolationHeaders;
  if (!sent) return {};
  const policy = securityHeaders['Content-Security-Policy'];
  return { ...securityHeaders, 'Content-Security-Policy': `${policy}; report-uri ${url}` };
}

/** The browser posts each breach here, those in the worker included, of which a page hears nothing. */
async function collectPolicyReports(onReport: (report: string) => void) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    onReport(`Breach of the policy: ${Buffer.concat(chunks)}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
