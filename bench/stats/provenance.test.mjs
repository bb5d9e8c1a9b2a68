import { describe, expect, it } from 'vitest';
import { isDirty, processorIn, provenanceOf, provenanceText } from './provenance.mjs';

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

  it.each([
    ['nothing', '', false],
    ['a page and results that were written', ' M README.md\0?? bench/results/\0', false],
    ['a page that is first, and code', ' M docs/performance.md\0 M src/a.ts\0', true],
    ['code alone', ' M bench/run.mjs\0', true],
    ['a plot that was renamed', 'R  docs/figures/b.svg\0docs/figures/a.svg\0', false],
    ['code that became a page', 'R  docs/a.md\0src/a.md\0', true],
    ['names with spaces', ' M docs/a b.md\0', false],
  ])('tells whether there were changes of what is measured: %s', (_, status, dirty) => {
    expect(isDirty(status)).toBe(dirty);
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
