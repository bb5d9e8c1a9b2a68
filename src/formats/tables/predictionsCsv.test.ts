import { describe, expect, it } from 'vitest';
import { probabilitiesCsv, submissionCsv } from './predictionsCsv.ts';

const digits = [...'0123456789'];

describe('predictions as a CSV file', () => {
  it('are what Kaggle takes: ids from 1, labels', async () => {
    const parts = submissionCsv({ classNames: digits, labels: Uint16Array.of(2, 0, 9) });
    expect(await new Blob(parts).text()).toBe('ImageId,Label\n1,2\n2,0\n3,9\n');
  });

  it('carry what files call the images, under the header that it had', async () => {
    const ids = { column: 'id', values: ['6284', '6287', 'a,b'] };
    const of = { classNames: digits, labels: [2, 0, 9], ids };
    expect(await new Blob(submissionCsv(of)).text()).toBe('id,Label\n6284,2\n6287,0\n"a,b",9\n');
    const probabilities = new Float32Array(30).fill(0.1);
    const [header, first] = (
      await new Blob(probabilitiesCsv({ ...of, probabilities })).text()
    ).split('\n');
    expect([header?.split(',')[0], first?.split(',')[0]]).toEqual(['id', '6284']);
  });

  it('may have all probabilities, in columns of their classes', async () => {
    const parts = probabilitiesCsv({
      classNames: ['cat', 'a "big", dog'],
      labels: [1, 0],
      probabilities: Float32Array.of(0.1, 0.9, 1, 1e-9),
    });
    expect(await new Blob(parts).text()).toBe(
      'ImageId,Label,cat,"a ""big"", dog"\n1,"a ""big"", dog",0.1,0.9\n2,cat,1,1e-9\n',
    );
  });

  it('of many images come in parts', async () => {
    const count = 200_000;
    const parts = submissionCsv({ classNames: digits, labels: new Uint16Array(count) });
    expect(parts.length).toBeGreaterThan(1);
    const lines = (await new Blob(parts).text()).split('\n');
    expect([lines.length, lines[count], lines[count + 1]]).toEqual([count + 2, '200000,0', '']);
  });
});
