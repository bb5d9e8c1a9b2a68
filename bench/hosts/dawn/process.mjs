import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { create, globals } from 'webgpu';

/** `node process.mjs BUNDLE` answers questions of page/protocol.ts by lines of JSON, on Dawn. */

Object.assign(globalThis, globals);
// Newer versions of Node have a navigator that cannot be written. It keeps the instance alive, which
// would else be collected under a device.
Object.defineProperty(globalThis, 'navigator', {
  configurable: true,
  value: {
    gpu: create([]),
    userAgent: `Node.js/${process.versions.node}`,
    hardwareConcurrency: availableParallelism(),
  },
});

// Of all views of bytes this binding refuses one, a DataView, which WebGPU allows.
const { writeBuffer } = GPUQueue.prototype;
/** @type {(this: GPUQueue, buffer: GPUBuffer, offset: number, data: unknown, ...rest: number[]) => void} */
function writeAnyView(buffer, offset, data, ...rest) {
  const bytes =
    data instanceof DataView ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
  Reflect.apply(writeBuffer, this, [buffer, offset, bytes, ...rest]);
}
Object.assign(GPUQueue.prototype, { writeBuffer: writeAnyView });

const NO_ADAPTER =
  'Dawn finds no WebGPU adapter. On Linux it needs the loader of Vulkan (Debian and Ubuntu: "apt ' +
  'install libvulkan1") and the driver of the GPU; VK_ICD_FILENAMES names another driver, as that of ' +
  'SwiftShader which a Chromium brings.';

/** @type {typeof import('./host.ts')} */
const { answer } = await import(pathToFileURL(process.argv[2] ?? '').href);
const adapter = await Reflect.get(navigator, 'gpu').requestAdapter();

for await (const line of createInterface({ input: process.stdin })) {
  const told = adapter ? await answer(JSON.parse(line)) : { error: NO_ADAPTER };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
// Dawn's threads would keep the process alive.
process.exit();
