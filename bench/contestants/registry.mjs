/**
 * Everybody who can take part, by the name that the command line gives them. A contestant that needs
 * other settings than another is one of its own: a table shows both.
 *
 * @typedef {object} Entrant
 * @property {string} id
 * @property {string} title as a table says it
 * @property {string} [note] what a reader has to know to compare it fairly
 * @property {string} module file of this folder, without its ending
 * @property {'page' | 'python'} host
 * @property {'webgpu' | 'webgl' | 'wasm' | 'fused' | 'native' | 'javascript'} device
 * @property {'jax'} [needs] a package that is installed when it first takes part
 * @property {Readonly<Record<string, string>>} [settings]
 * @property {Readonly<Record<string, string>>} [env] of its process
 */

/** @type {readonly Entrant[]} */
export const entrants = [
  {
    ...{ id: 'ours-wasm', title: 'ours, WebAssembly' },
    ...{ module: 'ours/wasm', host: 'page', device: 'wasm' },
  },
  {
    ...{ id: 'ours-webgpu', title: 'ours, WebGPU' },
    ...{ module: 'ours/webgpu', host: 'page', device: 'webgpu' },
  },
  {
    ...{ id: 'ours-webgpu-hardware', title: "ours, WebGPU, a GPU's schedules" },
    note: 'the schedules that a GPU of hardware gets, whatever the adapter is',
    ...{ module: 'ours/webgpu', host: 'page', device: 'webgpu' },
    settings: { schedule: 'hardware' },
  },
  {
    ...{ id: 'torch', title: 'PyTorch as it comes' },
    note: 'nn.LocalResponseNorm; its threads sleep while they wait (OMP_WAIT_POLICY=passive)',
    ...{ module: 'torch/torchHost.py', host: 'python', device: 'native' },
    env: { OMP_WAIT_POLICY: 'passive' },
  },
  {
    ...{ id: 'torch-band', title: 'PyTorch, LRN as a band matrix' },
    note: 'the same mathematics: a 1x1 convolution with a band matrix, and square roots',
    ...{ module: 'torch/torchHost.py', host: 'python', device: 'native' },
    ...{ env: { OMP_WAIT_POLICY: 'passive' }, settings: { lrn: 'band' } },
  },
  {
    ...{ id: 'torch-best', title: 'PyTorch, its best form' },
    note: 'LRN as a band matrix, channels_last, Adam with foreach',
    ...{ module: 'torch/torchHost.py', host: 'python', device: 'native' },
    env: { OMP_WAIT_POLICY: 'passive' },
    settings: { lrn: 'band', memory: 'channels_last', adam: 'foreach' },
  },
  {
    ...{ id: 'torch-spin', title: 'PyTorch, its best form, spinning' },
    note: 'the same with threads that spin while they wait (OMP_WAIT_POLICY=active)',
    ...{ module: 'torch/torchHost.py', host: 'python', device: 'native' },
    env: { OMP_WAIT_POLICY: 'active' },
    settings: { lrn: 'band', memory: 'channels_last', adam: 'foreach' },
  },
  {
    ...{ id: 'jax-wasm', title: 'jax-js, WebAssembly' },
    note: 'whole step under jit; LRN of its own slices and sums',
    ...{ module: 'jax/jax', host: 'page', device: 'wasm', needs: 'jax' },
    settings: { device: 'wasm' },
  },
  {
    ...{ id: 'jax-webgpu', title: 'jax-js, WebGPU' },
    note: 'whole step under jit; LRN of its own slices and sums',
    ...{ module: 'jax/jax', host: 'page', device: 'webgpu', needs: 'jax' },
    settings: { device: 'webgpu' },
  },
  {
    ...{ id: 'tfjs-webgpu', title: 'TensorFlow.js, WebGPU' },
    note: 'as it comes; dropout masks are made before the step',
    ...{ module: 'tfjs/tfjs', host: 'page', device: 'webgpu' },
    settings: { backend: 'webgpu' },
  },
  {
    ...{ id: 'tfjs-webgpu-prod', title: 'TensorFlow.js, WebGPU, enableProdMode' },
    note: 'flags by its name, as tfjs-webgpu-prod:WEBGPU_MATMUL_PROGRAM_TYPE=1',
    ...{ module: 'tfjs/tfjs', host: 'page', device: 'webgpu' },
    settings: { backend: 'webgpu', mode: 'prod' },
  },
  {
    ...{ id: 'tfjs-webgl', title: 'TensorFlow.js, WebGL' },
    note: 'as it comes; dropout masks are made before the step',
    ...{ module: 'tfjs/tfjs', host: 'page', device: 'webgl' },
    settings: { backend: 'webgl' },
  },
  {
    ...{ id: 'tfjs-cpu', title: 'TensorFlow.js, plain JavaScript' },
    note: 'one thread; dropout masks are made before the step',
    ...{ module: 'tfjs/tfjs', host: 'page', device: 'javascript' },
    settings: { backend: 'cpu' },
  },
];

/** Who takes part where nobody is named. @type {Readonly<Record<string, readonly string[]>>} */
export const usual = {
  wasm: ['ours-wasm', 'torch', 'torch-band', 'torch-best', 'jax-wasm'],
  webgpu: ['ours-webgpu', 'ours-webgpu-hardware', 'tfjs-webgpu', 'jax-webgpu'],
};

/** Probes of what a device can do at its best, by the device. @type {Readonly<Record<string, readonly Entrant[]>>} */
export const probes = {
  // The last is told, but is no peak of ours, which fuse nothing, so that every machine gives the same bits.
  wasm: [...['4', '8', '12', '16'].map((sums) => simdProbe(sums, 'no')), simdProbe('12', 'yes')],
  native: [
    {
      ...{ id: 'probe-native-blas', title: "PyTorch's product of matrices of 1024" },
      ...{ module: 'torch/torchHost.py', host: 'python', device: 'native' },
      env: { OMP_WAIT_POLICY: 'passive' },
    },
  ],
  webgpu: ['straight', 'loop', 'matrix'].map((probe) => ({
    ...{ id: `probe-webgpu-${probe}`, title: `WebGPU, ${probe}`, module: 'probes/webgpu' },
    ...{ host: 'page', device: 'webgpu', settings: { probe } },
  })),
};

/** @param {string} sums @param {'yes' | 'no'} relaxed @returns {Entrant} */
function simdProbe(sums, relaxed) {
  const fused = relaxed === 'yes' ? ', fused' : '';
  return {
    ...{ id: `probe-wasm-${sums}${fused && '-fused'}`, title: `WebAssembly, ${sums} sums${fused}` },
    ...{ module: 'probes/simd', host: 'page', settings: { sums, relaxed } },
    device: relaxed === 'yes' ? 'fused' : 'wasm',
  };
}

/**
 * The entrant of this name, with the flags that stand behind a colon.
 * @param {string} name
 * @returns {Entrant | undefined}
 */
export function entrantOf(name) {
  const [id, ...flags] = name.split(':');
  const entrant = entrants.find((each) => each.id === id);
  if (!entrant || flags.length === 0) return entrant;
  if (!entrant.module.startsWith('tfjs/')) return undefined;
  const pairs = flags.map((flag) => flag.split('='));
  if (pairs.some(([key = '', value = '']) => !/^[A-Z0-9_]+$/.test(key) || !isJson(value)))
    return undefined;
  return {
    ...{ ...entrant, id: name, title: `${entrant.title}, ${flags.join(', ')}` },
    settings: { ...entrant.settings, ...Object.fromEntries(pairs) },
  };
}

/** @param {string} text */
function isJson(text) {
  try {
    return text !== '' && JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
