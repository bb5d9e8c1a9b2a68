import { SetupError, say, UsageError } from '../scripts/lib/say.mjs';
import { entrantOf } from './contestants/registry.mjs';
import { ensureOptional } from './hosts/packages.mjs';
import { ask, Stage } from './hosts/stage.mjs';
import { measures } from './measures/measure.mjs';
import { provenanceOf, provenanceText } from './stats/provenance.mjs';

/** @typedef {NonNullable<ReturnType<typeof import('./commandLine.mjs').readCommandLine>>} Wanted */

/**
 * Measures what a command line asks for.
 * @param {Wanted} wanted
 * @param {string} command as it can be typed
 * @param {(last: () => unknown) => void} leave see hosts/stopping.mjs
 */
export async function measure(wanted, command, leave) {
  const { options, inNode, headed, requireGpu } = wanted;
  const names = takesPart(wanted);
  const taking = names.map(entrantOf).filter((entrant) => entrant !== undefined);
  if (!inNode && taking.some(({ host }) => host === 'page')) await ensureBrowserPackages();
  else await ensurePackagesAlone();
  if (inNode) {
    const stranger = taking.find(({ device }) => device !== 'webgpu');
    if (stranger)
      throw new UsageError(`${stranger.id} is not for bench:node, which has WebGPU alone.`);
    await ensureOptional('dawn');
  }
  if (taking.some(({ needs }) => needs === 'jax')) await ensureOptional('jax');

  const stage = new Stage(leave, { headed, inNode });
  const usesGpu = taking.some(({ device }) => device === 'webgpu' || device === 'webgl');
  const adapter = usesGpu ? await nameAdapter(stage, requireGpu) : undefined;
  const provenance = await provenanceOf(command);
  const run = await measures[wanted.measure]();
  const { markdown, data, blas, plots = {} } = await run(stage, options);
  const runner = taking.some(({ host }) => host === 'page') ? await stage.runner() : undefined;
  const onThreads = taking.some(({ device }) => device === 'wasm' || device === 'native');
  const whole = {
    ...provenance,
    ...(runner === undefined ? {} : { runner }),
    ...(adapter === undefined ? {} : { adapter }),
    ...(onThreads ? { threads: options.threads } : {}),
    ...(blas === undefined ? {} : { blas }),
  };
  return {
    markdown: `${markdown}\n\n${provenanceText(whole)}`,
    json: { measure: wanted.measure, provenance: whole, ...data },
    plots,
  };
}

/** @param {Wanted} wanted */
function takesPart({ measure, options: { only, engine } }) {
  if (measure === 'plan') return [`ours-${engine}`];
  if (measure === 'growth') return ['ours-wasm'];
  if (measure === 'inspect') return ['ours-wasm', 'ours-webgpu'];
  return measure === 'flags' ? ['ours-webgpu', 'tfjs-webgpu', 'tfjs-webgpu-prod'] : only;
}

/**
 * Says what the adapter is before anything takes time.
 * @param {Stage} stage
 * @param {boolean} requireGpu
 */
async function nameAdapter(stage, requireGpu) {
  const host = await stage.open({ id: 'adapter', host: 'page', module: 'probes/webgpu' }, 1);
  const { adapter } = await ask(host, 'The adapter', { do: 'adapter' });
  await host.close();
  if (!adapter)
    throw new SetupError('No WebGPU adapter answers; npm run bench -- --engine wasm needs none.');
  const { names, software } = adapter;
  const told = `${names}${software ? ' (software: no GPU)' : ''}`;
  say(`WebGPU adapter: ${told}`);
  if (software && requireGpu) {
    throw new SetupError(
      'The adapter is software, and --require-gpu asks for a GPU. Try --headed, or CHROMIUM_FLAGS=' +
        '"--enable-features=Vulkan --use-angle=vulkan --ignore-gpu-blocklist", or bench:node.',
    );
  }
  return told;
}

/** Playwright is for development, and drives the browser. */
async function ensureBrowserPackages() {
  const { ensurePackages } = await import('../scripts/lib/ensurePackages.mjs');
  await ensurePackages({ dev: true });
  const { ensureKernels } = await import('../scripts/lib/buildKernels.mjs');
  await ensureKernels();
}

async function ensurePackagesAlone() {
  const { ensurePackages } = await import('../scripts/lib/ensurePackages.mjs');
  await ensurePackages({ dev: false });
}
