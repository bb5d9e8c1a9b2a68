import { describe, expect, it } from 'vitest';
import { provenanceOf } from '../stats/provenance.mjs';
import { spreadOf } from '../stats/spread.mjs';
import { summaryOf } from './summary.mjs';

const start = { openMs: 1, prepareMs: 1, firstStepMs: 1 };
const stepOf = (
  /** @type {string} */ title,
  /** @type {number[]} */ roundsMs,
  ratioToOurs = 1,
) => ({
  ...{ id: title, title, facts: {}, cold: start, warm: start, burst: 1, warmUps: 1, roundsMs },
  ...{
    ms: spreadOf(roundsMs),
    imagesPerSecond: 400,
    gflops: 1,
    gflopsInside: 1,
    ratioToOurs,
    memory: {},
  },
});

describe('a part of a measurement', () => {
  it('says who is how fast, what was proved, and where it comes from', async () => {
    const provenance = { ...(await provenanceOf('npm run figures -- x')), date: '2026-11-29' };
    const text = summaryOf({
      spec: {
        ...{ arch: 'alexnet', norm: 'none', width: 0.25, batch: 32, dropout: 0.5, seed: 1 },
        data: 'noise',
      },
      ...{
        parameters: 1,
        rounds: 3,
        threads: 2,
        losses: [],
        failed: [],
        roundTripMs: {},
        probes: [],
      },
      flops: { padded: 2, inside: 1 },
      agreement: { contestants: 2, loss: 4.5, apart: 1e-6, apartAfterAStep: 1e-5 },
      steps: [stepOf('ours', [80, 70, 75]), stepOf('PyTorch', [60, 61, 59], 0.8)],
      provenance,
    });
    expect(text).toContain('AlexNet at width 1/4, without LRN on any side, batch 32');
    expect(text).toMatch(/\| ours +\| +75 \| 70 to 80 +\| +400 \| +1 \|/);
    expect(text).toMatch(/\| PyTorch +\| +60 \| 59 to 61 +\| +400 \| +0\.8 \|/);
    expect(text).toContain('agree to 1e-6');
    expect(text).toMatch(/\*2026-11-29, commit .*`npm run figures -- x`\*$/);
  });
});
