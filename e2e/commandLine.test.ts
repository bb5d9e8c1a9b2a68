import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../src/util/assert.ts';
import { type CommandResult, ofKind, runCommandLine } from './support/commandLine.ts';
import { encodePng } from './support/png.ts';

describe('the command line', () => {
  let folder: string;
  let trained: CommandResult;
  let weightsPath: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    const options = '--engine wasm --width 0.125 --batch 20 --steps 30 --validation-images 100';
    trained = await runCommandLine('train', [...options.split(' '), '--out', folder]);
    weightsPath = String(ofKind(trained, 'saved')[0]?.path);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('trains, evaluates and saves, an event a line', async () => {
    expect(trained.status, trained.errors).toBe(0);
    expect(ofKind(trained, 'step').map(({ step }) => step)).toEqual([10, 20, 30]);
    expect(ofKind(trained, 'step')[0]).toEqual({
      event: 'step',
      step: 10,
      loss: expect.any(Number),
      accuracy: expect.any(Number),
      imagesPerSecond: expect.any(Number),
    });
    expect(ofKind(trained, 'evaluation')).toEqual([
      {
        event: 'evaluation',
        split: 'test',
        datasetName: 'MNIST',
        accuracy: expect.any(Number),
        interval: { low: expect.any(Number), high: expect.any(Number) },
        loss: expect.any(Number),
        confusion: expect.any(Array),
      },
    ]);
    expect((await stat(weightsPath)).size).toBeGreaterThan(1_000_000);
  });

  it('evaluates the saved weights to the same accuracy', async () => {
    const evaluated = await runCommandLine('evaluate', [
      '--weights',
      weightsPath,
      '--engine',
      'wasm',
    ]);

    expect(evaluated.status, evaluated.errors).toBe(0);
    const accuracyOf = (result: CommandResult) => ofKind(result, 'evaluation')[0]?.accuracy;
    expect(accuracyOf(evaluated)).toBe(accuracyOf(trained));
  });

  it('compares weights with others image by image', async () => {
    const two = ['--weights', weightsPath, '--weights', weightsPath];
    const compared = await runCommandLine('evaluate', [
      ...two,
      ...['--combine', 'mean', '--engine', 'wasm'],
    ]);

    expect(compared.status, compared.errors).toBe(0);
    expect(ofKind(compared, 'evaluation').map(({ weights }) => weights)).toEqual([
      ...[weightsPath, weightsPath],
    ]);
    // The same weights read the same images right, and nothing tells them apart.
    expect(ofKind(compared, 'comparison')).toMatchObject([
      { onlyFirst: 0, onlySecond: 0, images: 10_000, p: 1, method: 'exact' },
    ]);
    // Together they are what each is alone.
    const [{ accuracy } = {}] = ofKind(compared, 'evaluation');
    expect(ofKind(compared, 'ensemble')).toMatchObject([
      { members: 2, combination: 'mean', accuracy, best: 0, gain: { onlyFirst: 0, onlySecond: 0 } },
    ]);
  });

  it('reads a picture, and names one that it cannot read', async () => {
    const picture = join(folder, 'one.png');
    const text = join(folder, 'letter.png');
    const isInk = (x: number, y: number) => Math.abs(x - 50) < 6 && Math.abs(y - 50) < 32;
    await writeFile(
      picture,
      encodePng(100, 100, (x, y) => (isInk(x, y) ? 0 : 255)),
    );
    await writeFile(text, 'Dear reader');

    const read = await runCommandLine('predict', [
      ...['--weights', weightsPath, '--engine', 'wasm'],
      picture,
      text,
    ]);

    expect(read.status).toBe(1);
    const [prediction] = ofKind(read, 'prediction');
    expect(prediction).toMatchObject({ file: picture, label: expect.any(Number) });
    expect(prediction?.className).toBe(String(prediction?.label));
    expect(prediction?.probabilities).toHaveLength(10);
    expect(ofKind(read, 'error')).toMatchObject([
      { message: expect.stringMatching(/letter\.png is not a picture/) },
    ]);
  });

  it('refuses weights that are none', async () => {
    const path = join(folder, 'letter.safetensors');
    await writeFile(path, 'Dear reader');

    const evaluated = await runCommandLine('evaluate', ['--weights', path, '--engine', 'wasm']);

    expect(evaluated.status).toBe(1);
    expect(ofKind(evaluated, 'error')).toMatchObject([{ name: 'WorkbenchError' }]);
  });

  it('answers a wrong option with how to call it', async () => {
    const wrong = await runCommandLine('train', ['--steps', 'many']);

    expect(wrong.status).toBe(2);
    expect(wrong.errors).toMatch(/--steps is "many".*\n\nUsage: npm run train/);
    expect(wrong.events).toEqual([]);
  });

  it('trains on WebGPU, here in software, with a falling loss', async () => {
    const options = '--engine webgpu --width 0.0625 --batch 16 --steps 20 --lr 0.001 --dropout 0';
    const result = await runCommandLine('train', [
      ...options.split(' '),
      ...['--validation-images', '16', '--no-evaluate', '--out', folder],
    ]);

    expect(result.status, result.errors).toBe(0);
    const losses = ofKind(result, 'step').map(({ loss }) => Number(loss));
    expect(at(losses, losses.length - 1)).toBeLessThan(at(losses, 0));
  });
});
