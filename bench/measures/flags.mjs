import { say } from '../../scripts/lib/say.mjs';
import { present } from './contest.mjs';
import { race } from './race.mjs';
import { stepText } from './stepText.mjs';

/** What TensorFlow.js's WebGPU backend can be set to that may change the time of a step. */
const settings = [
  ...['0', '1', '2', '3'].map((type) => `WEBGPU_MATMUL_PROGRAM_TYPE=${type}`),
  'WEBGPU_CONV_SEPARATE_IM2COL_SHADER=true',
  'WEBGPU_USE_NAIVE_CONV2D_TRANSPOSE=false',
  'WEBGPU_THRESHOLD_TO_INCREASE_WORKGROUPS_FOR_MATMUL=0',
  'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE=1',
  'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE=60',
];

/** TensorFlow.js with its flags, one by one, and enableProdMode. @type {import('./measure.mjs').Measure} */
export async function flags(stage, options) {
  const names = [
    ...['ours-webgpu', 'tfjs-webgpu', 'tfjs-webgpu-prod'],
    ...settings.map((setting) => `tfjs-webgpu-prod:${setting}`),
  ];
  const { entrants, absent } = await present(stage, names);
  const { rounds, threads, pace } = options;
  // Some settings are refused by the backend itself, which is worth telling too.
  const one = { rounds, threads, tell: say, pace, mayFail: true };
  const result = await race(stage, entrants, options.spec, one);
  const all = [...absent, ...result.failed];
  return { markdown: stepText(result, all), data: { ...result, absent: all } };
}
