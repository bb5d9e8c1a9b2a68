import { describe, expect, it } from 'vitest';
import { readCommandLine } from './commandLine.mjs';
import { entrantOf } from './contestants/registry.mjs';

const read = (/** @type {string} */ line) => readCommandLine(line.split(' ').filter(Boolean));

describe('what a benchmark is asked for', () => {
  it('is a step of everybody on the processor where nothing is said', () => {
    expect(read('')).toMatchObject({
      ...{ measure: 'step', inNode: false, json: false, requireGpu: false },
      options: {
        ...{ rounds: 5, spec: { arch: 'alexnet', norm: 'lrn', width: 0.25, batch: 32 } },
        only: expect.arrayContaining(['ours-wasm', 'torch', 'torch-best', 'jax-wasm']),
      },
    });
  });

  it('is WebGPU alone in Node', () => {
    expect(read('--node')?.options.only).toContain('ours-webgpu');
  });

  it('is a call for help', () => {
    expect(read('--help')).toBeUndefined();
  });

  it('sets flags of TensorFlow.js, whose types JSON tells', () => {
    const name =
      'tfjs-webgpu-prod:WEBGPU_MATMUL_PROGRAM_TYPE=1:WEBGPU_CONV_SEPARATE_IM2COL_SHADER=true';
    expect(read(`--only ${name}`)?.options.only).toEqual([name]);
    expect(entrantOf(name)?.settings).toEqual({
      ...{ backend: 'webgpu', mode: 'prod', WEBGPU_MATMUL_PROGRAM_TYPE: '1' },
      WEBGPU_CONV_SEPARATE_IM2COL_SHADER: 'true',
    });
  });

  it.each([
    '--only nobody',
    '--only ours-wasm:FLAG=1',
    '--only tfjs-webgpu:FLAG',
    '--only tfjs-webgpu:FLAG=maybe',
    '--engine cpu',
    '--measure speed',
    '--norm batch',
    '--arch vgg',
    '--width 2',
    '--width',
    '--batch 0',
    '--batch 1.5',
    '--measure sweep --batches 1,1',
    '--measure time-to-accuracy --seeds 1,x',
    '--measure plan --only torch',
    '--measure flags --only torch',
    '--seeds 1,2',
    '--measure sweep --width 0.5',
    '--rounds 5 --rounds 6',
    'word',
  ])('is refused: %s', (line) => {
    expect(() => read(line)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});
