import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { inProject, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const sources = inProject('src/engine/wasm/assembly');
const target = inProject('src/engine/wasm/generated');
const stamp = join(target, '.sources');

/**
 * One module for a memory of its own, and one for a memory that threads share: the two kinds of
 * memory cannot be imported by the same module.
 */
const modules = [
  { name: 'kernels', options: ['--enable', 'simd'] },
  {
    name: 'kernels-shared',
    // 65,536 pages are 4 GiB: all that 32-bit addresses reach.
    options: ['--enable', 'simd,threads', '--sharedMemory', '--maximumMemory', '65536'],
  },
];

const common = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert'],
  // Kernels work in the memory that they are given: no heap, no static data, no start function.
  ...['--runtime', 'stub', '--use', 'abort=', '--importMemory'],
  ...['--initialMemory', '1'],
];

/** Compiles the AssemblyScript kernels unless they were compiled from the sources as they are. */
export async function ensureKernels() {
  const wanted = await fingerprint();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  say('Compiling the WebAssembly kernels ...');
  await mkdir(target, { recursive: true });
  for (const { name, options } of modules) await compileModule(name, options);
  await writeFile(stamp, wanted);
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 */
async function compileModule(name, options) {
  const aside = join(target, `${name}.${process.pid}.wasm`);
  const entry = join(sources, 'index.ts');
  const { error, stderr } = await compile([
    ...[entry, '--baseDir', root, '--outFile', aside],
    ...common,
    ...options,
  ]);
  if (error) {
    throw new SetupError(`The WebAssembly kernels do not compile.\n${stderr.toString()}`);
  }
  await rename(aside, join(target, `${name}.wasm`));
}

async function fingerprint() {
  const hash = createHash('sha256').update(JSON.stringify([common, modules]));
  const names = await readdir(sources);
  for (const name of names.sort()) {
    hash.update(name).update('\0');
    hash.update(await readFile(join(sources, name))).update('\0');
  }
  const { version } = JSON.parse(
    await readFile(inProject('node_modules/assemblyscript/package.json'), 'utf8'),
  );
  return hash.update(version).digest('hex');
}
