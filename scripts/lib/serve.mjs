import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { securityHeaders } from './securityHeaders.mjs';

/**
 * A server for one folder of files on this machine alone, with the headers that a public host of
 * the site should send too. A `.gz` file goes out as it is, without `Content-Encoding`: the page
 * inflates it itself and counts its bytes.
 */

/** @type {Record<string, string>} */
const mimeTypes = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** What Vite names by content, as in assets/index-D3bQ0aTz.js. */
const hashedAsset = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/**
 * Serves the folder until `close` is called.
 * @param {string} directory
 * @param {{ port?: number, headers?: Record<string, string>, name?: string }} [options] port 0, or
 *   nothing: any that is free; `name`: one more that a browser may call this machine by
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve(directory, options = {}) {
  const { port = 0, headers = securityHeaders, name } = options;
  const folder = await realpath(directory);
  const handler = (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:http').ServerResponse} */ response,
  ) => {
    if (!isOwnName(request.headers.host, name)) {
      return refuse(response, 421, 'This server answers as localhost alone');
    }
    answer(folder, headers, request, response).catch(() => response.destroy());
  };
  const first = await listen(handler, '127.0.0.1', port);
  const servers = [first];
  const actualPort = portOf(first);
  // `localhost` may mean either address; where there is no IPv6 the first is enough.
  const second = await listen(handler, '::1', actualPort).catch((error) => error);
  if (second instanceof Server) servers.push(second);
  else if (second.code === 'EADDRINUSE') {
    await close(servers);
    if (port === 0) return serve(directory, options);
    throw second;
  }
  return {
    url: `http://localhost:${actualPort}/`,
    port: actualPort,
    close: () => close(servers),
  };
}

const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether the browser meant this machine. A stranger's page whose name was made to point here afterwards
 * (DNS rebinding) still says that name.
 * @param {string | undefined} host
 * @param {string | undefined} name
 */
function isOwnName(host, name) {
  const called = host?.replace(/:\d+$/, '').toLowerCase();
  return called !== undefined && [...OWN_NAMES, name].includes(called);
}

/**
 * @param {string} folder
 * @param {Record<string, string>} headers of every answer
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(folder, headers, request, response) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Method not allowed');
  }
  const pathname = decodedPath(request.url ?? '/');
  const file = pathname === undefined ? undefined : await findFile(folder, pathname);
  if (!file || pathname === undefined) return refuse(response, 404, 'Not found');

  const etag = `"${file.size.toString(36)}-${Math.trunc(file.mtimeMs).toString(36)}"`;
  const immutable = hashedAsset.test(pathname);
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', immutable ? 'max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': mimeTypes[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': file.size,
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file.path), response);
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} text */
function refuse(response, status, text) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** The path that the address names, or nothing where it is malformed. @param {string} url */
function decodedPath(url) {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, ''));
    return path.startsWith('/') && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A file inside the folder; links and `..` do not lead out of it, hidden files are not served.
 * @param {string} folder
 * @param {string} pathname
 */
async function findFile(folder, pathname) {
  const relative = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  if (relative.split(/[/\\]/).some((part) => part.startsWith('.'))) return undefined;
  try {
    const path = await realpath(join(folder, relative));
    if (!path.startsWith(folder + sep)) return undefined;
    const found = await stat(path);
    return found.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {import('node:http').RequestListener} handler
 * @param {string} host
 * @param {number} port
 * @returns {Promise<import('node:http').Server>}
 */
function listen(handler, host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/** @param {import('node:http').Server} server */
function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** @param {readonly import('node:http').Server[]} servers */
async function close(servers) {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
}
