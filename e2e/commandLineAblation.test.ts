import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofKind, runCommandLine } from './support/commandLine.ts';

const options = [
  ...'--engine wasm --arch lenet5 --norm lrn --batch 10 --steps 20 --only averaging'.split(' '),
  ...'--seeds 2 --training-images 500 --validation-images 100 --out'.split(' '),
];

describe('an ablation on the command line', { timeout: 400_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-ablation-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('says each run that is through, and saves table and picture', async () => {
    const result = await runCommandLine('ablation', [...options, folder]);

    expect(result.status, result.errors).toBe(0);
    const runs = ofKind(result, 'run');
    expect(runs.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual([
      ...['seed 1', 'averaging 1', 'improved 1', 'seed 2', 'averaging 2', 'improved 2'],
    ]);
    expect(runs[0]).toEqual({
      ...{ event: 'run', variant: 'seed', seed: 1, number: 1, total: 6, step: 20 },
      validation: { images: 100, loss: expect.any(Number), accuracy: expect.any(Number) },
      training: { images: 100, loss: expect.any(Number), accuracy: expect.any(Number) },
      gap: expect.any(Number),
      seconds: expect.any(Number),
    });
    const recipes = ofKind(result, 'recipe');
    expect(recipes.map(({ variant, seeds }) => `${variant} ${seeds}`)).toEqual([
      ...['seed 2', 'averaging 2', 'improved 2'],
    ]);
    const interval = {
      low: expect.any(Number),
      high: expect.any(Number),
      mean: expect.any(Number),
    };
    expect(recipes[1]).toMatchObject({ accuracy: interval, difference: interval, gap: interval });
    // 200 images of 500.
    const notices = ofKind(result, 'notice').map(({ message }) => message);
    expect(notices).toContainEqual(expect.stringMatching(/0\.40 epochs/));
    const table = await readFile(join(folder, 'ablation.csv'), 'utf8');
    expect(table.split('\n').map((line) => line.split(',')[0])).toEqual([
      ...['variant', 'seed', 'averaging', 'improved', 'seed', 'averaging', 'improved', ''],
    ]);
    const picture = await readFile(join(folder, 'ablation.png'));
    // Width and height stand in the header.
    expect(picture.readUInt32BE(16)).toBeGreaterThan(1200);
    expect(picture.readUInt32BE(20)).toBeGreaterThan(300);
  });

  it('goes on where it was broken off', async () => {
    const path = join(folder, 'ablation.json');
    const kept = JSON.parse(await readFile(path, 'utf8'));
    const before = (await stat(path)).mtimeMs;
    kept.status = 'running';
    kept.rows[1] = { variant: 'averaging', seed: 1, status: 'running' };
    const [seed] = kept.rows;
    await writeFile(path, JSON.stringify(kept));

    const result = await runCommandLine('ablation', [...options, folder]);

    expect(result.status, result.errors).toBe(0);
    expect(ofKind(result, 'run').map(({ variant }) => variant)).toContain('averaging');
    const after = JSON.parse(await readFile(path, 'utf8'));
    expect((await stat(path)).mtimeMs).toBeGreaterThan(before);
    expect(after.status).toBe('ended');
    expect(after.rows[0]).toEqual(seed);
    expect(after.rows[1].status).toBe('done');
  });

  it('refuses another data set in one folder', async () => {
    const path = join(folder, 'ablation.json');
    const kept = JSON.parse(await readFile(path, 'utf8'));
    const { dataset } = kept.conditions;
    kept.conditions.dataset = { id: 'other images', name: 'Fashion' };
    kept.rows[1] = { variant: 'averaging', seed: 1, status: 'waiting' };
    await writeFile(path, JSON.stringify(kept));

    const result = await runCommandLine('ablation', [...options, folder]);

    expect(result.status).toBe(1);
    expect(JSON.stringify(ofKind(result, 'error'))).toMatch(/of the data set Fashion; MNIST here/);
    await writeFile(path, JSON.stringify({ ...kept, conditions: { ...kept.conditions, dataset } }));
  });

  it('refuses to mix two ablations in one folder', async () => {
    const result = await runCommandLine('ablation', ['--steps', '21', '--out', folder]);

    expect(result.status).toBe(2);
    expect(result.errors).toMatch(/has an ablation with steps 20, not 21/);
  });
});
