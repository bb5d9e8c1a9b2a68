import { describe, expect, it } from 'vitest';
import { processorIn, provenanceOf, provenanceText } from './provenance.mjs';

const info = `processor\t: 0
cpu family\t: 25
model\t\t: 17
model name\t: AMD EPYC
flags\t\t: fpu sse avx avx2 fma avx512f rdtscp
`;

describe('where a measurement comes from', () => {
  it('tells a processor by family, model and vectors', () => {
    expect(processorIn(info, 'x')).toEqual({
      ...{ name: 'AMD EPYC', family: '25', model: '17' },
      flags: ['avx', 'avx2', 'fma', 'avx512f'],
    });
  });

  it('falls back to what Node tells', () => {
    expect(processorIn('', 'Apple M3')).toEqual({ name: 'Apple M3', flags: [] });
  });

  it('names commit, date, machine and command in a line', async () => {
    const provenance = await provenanceOf('npm run bench');
    expect(provenance.commit).toMatch(/^([0-9a-f]{10,}|unknown)$/);
    const text = provenanceText({ ...provenance, dirty: true, threads: 1, adapter: 'x' });
    expect(text).toContain(`${provenance.date}, commit ${provenance.commit} with changes; `);
    expect(text).toContain('1 thread; `npm run bench`');
    expect(text).not.toContain('\n');
  });
});
