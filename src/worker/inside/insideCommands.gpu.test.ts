import { deleteDB } from 'idb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { architectureOf } from '../../domain/recipe/recipe.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import { tinyImages } from '../../training/testing/tinyRun.ts';
import { at } from '../../util/assert.ts';
import { FIRST_SITE } from '../../util/siteName.ts';
import { sessionRecipe, type TinySession, tinySession } from '../testing/tinySession.ts';

const pixels = tinyImages(1).pixels.subarray(0, 256);
const recipe = { ...sessionRecipe, architecture: 'alexnet' as const };

beforeEach(() => deleteDB(FIRST_SITE));
afterAll(() => deleteDB(FIRST_SITE));

const runOf = ({ events }: TinySession) => {
  const event = events.findLast(({ type }) => type === 'run');
  if (event?.type !== 'run') throw new Error('no run was told');
  return event.record;
};

/** A stroke, as it would be drawn. */
const stroke = {
  ...{ name: 'a line', width: 16, height: 16, ink: 'light' as const },
  pixels: Uint8Array.from({ length: 256 }, (_, i) => (i % 16 === 8 ? 255 : 0)),
};

describe.each(['wasm', 'webgpu'] as const)('a look inside on %s', (engine) => {
  it('shows what each layer makes of a picture, and how it is read', async () => {
    const { session } = await tinySession(engine, recipe);
    const seen = await session.inspect(pixels);
    expect(seen.layers.map(({ name, shape }) => `${name} ${shape}`)).toEqual([
      ...['conv1 16,16,6', 'norm1 16,16,6', 'pool1 8,8,6'],
      ...['conv2 8,8,16', 'norm2 8,8,16', 'pool2 4,4,16'],
      ...['conv3 4,4,24', 'conv4 4,4,24', 'conv5 4,4,16', 'pool5 2,2,16'],
      ...['fc6 256', 'fc7 256', 'fc8 3'],
    ]);
    expect(at(seen.layers, 12).values).toEqual(seen.logits);
    expect(seen.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    expect(seen.step).toBe(recipe.steps);

    const { prepared, probabilities } = await session.predict(stroke);
    const drawn = await session.inspect(stroke);
    expect(drawn.pixels).toEqual(prepared);
    expect([...drawn.probabilities]).toEqual(probabilities.map(Math.fround));

    const some = await session.inspect(pixels, ['conv2']);
    expect(some.layers).toEqual([at(seen.layers, 3)]);
    await expect(session.inspect(pixels, ['conv9'])).rejects.toMatchObject({
      code: 'inside.noLayer',
    });
    await expect(session.inspect(new Uint8Array(255))).rejects.toMatchObject({
      code: 'inside.pictureBytes',
      params: { actual: 255, expected: 256, shape: '16x16x1' },
    });
  });

  it('shows the weights of a layer, and what learning has added to them', async () => {
    const tiny = await tinySession(engine, { ...recipe, steps: 1, validationInterval: 1 });
    const { session } = tiny;
    const { kernel, bias, learned } = await session.filters('conv1');
    expect([kernel.shape, bias?.shape]).toEqual([[11, 11, 1, 6], [6]]);
    const architecture = architectureOf(recipe, { height: 16, width: 16, channels: 1 }, 3);
    const [first] = initialWeights(architecture, recipe.initializer, recipe.seed);
    const added = kernel.values.map((value, i) => value - at(first?.values ?? [], i));
    expect(learned).toEqual(added);
    // Adam's first step moves every weight by the learning rate.
    for (const value of added) expect(Math.abs(value)).toBeLessThan(recipe.learningRate * 1.01);
    expect(added.some((value) => Math.abs(value) > recipe.learningRate * 0.9)).toBe(true);

    const { bytes, name } = await session.exportWeights('safetensors');
    await session.importWeights(new File([bytes], name));
    expect(runOf(tiny).status).toBe('imported');
    expect((await session.filters('fc6')).learned).toBeDefined();
    await expect(session.filters('pool1')).rejects.toMatchObject({ code: 'inside.noLayer' });
  });

  it('tells why a picture is read as it is, and what excites the units of a layer', async () => {
    const { session, events } = await tinySession(engine, recipe);
    const map = await session.explain(pixels, 2, 'gradCam');
    expect(map).toMatchObject({ method: 'gradCam', label: 2, height: 4, width: 4, pixels });
    const slopes = await session.explain(pixels, 2, 'smoothGrad');
    expect(slopes.values).toHaveLength(256);
    const told = events.filter((event) => event.type === 'inside');
    expect(told.at(-2)?.progress).toEqual({ done: 32, total: 32 });
    expect(told.at(-1)).toEqual({ type: 'inside', task: 'explain' });
    await expect(session.explain(pixels, 3, 'gradCam')).rejects.toMatchObject({
      ...{ code: 'inside.noClass', params: { label: 3, last: 2 } },
    });

    const found = await session.exciting('conv2');
    expect(found).toMatchObject({ units: 16, top: 9, images: 5, step: recipe.steps });
    const { shown, values, imageOf, ys, xs, active } = found;
    expect(await session.validationImages([...shown.indices])).toEqual(shown);
    const answering = active.findIndex((images) => images > 0);
    const first = answering * found.top;
    const image = at(imageOf, first) * 256;
    const seen = await session.inspect(shown.pixels.slice(image, image + 256), ['conv2']);
    const map2 = at(seen.layers, 0).values;
    const there = (at(ys, first) * 8 + at(xs, first)) * 16 + answering;
    expect(at(map2, there)).toBeCloseTo(at(values, first), 5);
    const ofUnit = map2.filter((_, i) => i % 16 === answering);
    expect(Math.max(...ofUnit)).toBe(at(map2, there));
    expect(session.phase).toBe('idle');
  });

  it('goes to images of a class that the run does not learn from, however the set was divided since', async () => {
    const { session } = await tinySession(engine, recipe);
    await session.divideDataset(40);
    const { labels, pixels: validating } = await session.validationImages([...Array(60).keys()]);
    const ofClass = [...labels.keys()].filter((i) => labels[i] === 1);
    const expected = ofClass.map((i) => validating.slice(i * 256, (i + 1) * 256));
    expect(expected.length).toBeGreaterThan(0);
    const given = await session.datasetThumbnails('1', 60, 'validation');
    expect(given).toEqual(Uint8Array.from(expected.flatMap((image) => [...image])));
    expect((await session.datasetThumbnails('1', 60)).length).toBeGreaterThan(given.length);
  });

  it('is given up where it is cancelled, or another one is asked for', async () => {
    const { session } = await tinySession(engine, recipe);
    await session.explain(pixels, 0, 'gradCam');
    const first = session.explain(pixels, 0, 'occlusion');
    const second = session.explain(pixels, 1, 'occlusion');
    await expect(first).rejects.toMatchObject({ code: 'inside.overtaken' });
    const third = session.explain(pixels, 2, 'smoothGrad');
    await expect(second).rejects.toMatchObject({ code: 'inside.overtaken' });
    await session.cancelInside();
    await expect(third).rejects.toMatchObject({ code: 'inside.cancelled' });
    await session.explain(pixels, 2, 'occlusion');
  });

  it('is possible while a run trains, and changes nothing of it', async () => {
    const long = { ...recipe, steps: 200, validationInterval: 200 };
    const undisturbed = await tinySession(engine, long);
    const weights = await undisturbed.session.filters('fc7');
    await undisturbed.session.deleteAllRuns();

    const { session, events } = undisturbed;
    const training = session.train(long);
    await expect.poll(() => session.phase).toBe('training');
    await expect.poll(() => events.at(-1)?.type).toBe('step');
    const [one, other] = [session.inspect(pixels), session.inspect(pixels)];
    const [third, newest] = [session.inspect(pixels), session.inspect(pixels)];
    await expect(other).rejects.toMatchObject({ code: 'inside.overtaken' });
    await expect(third).rejects.toMatchObject({ code: 'inside.overtaken' });
    expect((await one).step).toBeLessThan(long.steps);
    await training;
    await newest;
    expect((await session.filters('fc7')).kernel).toEqual(weights.kernel);
  });
});
