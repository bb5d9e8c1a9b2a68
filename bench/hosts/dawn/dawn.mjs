import { fileURLToPath } from 'node:url';
import { LineHost } from '../lineHost.mjs';

/** A contestant in a process of Node on Dawn, the WebGPU of Chromium as a module. @param {string} bundle */
export function openDawn(bundle) {
  return new LineHost(process.execPath, [
    fileURLToPath(new URL('./process.mjs', import.meta.url)),
    bundle,
  ]);
}
