import { expect, it } from 'vitest';
import { buildArchitecture } from '../../../domain/architecture/architecture.ts';
import { describeNetwork, sizeOf, weightSpecs } from '../../../domain/architecture/shapes.ts';
import { blocksOf } from '../../../domain/figure/blocks.ts';
import { assert, at } from '../../../util/assert.ts';
import { unitSteps } from './unitSteps.ts';

it('the pool behind a unit is told where it has the unit in a window', () => {
  const architecture = buildArchitecture({
    ...{ id: 'lenet5', width: 1, classes: 10, dropout: 0 },
    input: { height: 29, width: 29, channels: 1 },
  });
  const report = describeNetwork(architecture);
  const block = at(blocksOf(report), 0);
  const ones = (shape: readonly number[]) => new Float32Array(sizeOf(shape)).fill(1);
  const valuesOf = (name: string) =>
    ones(
      name === 'images'
        ? [29, 29, 1]
        : (report.layers.find(({ layer }) => layer.name === name)?.outputShape ?? []),
    );
  const [kernel, bias] = weightSpecs(architecture).map((spec) => ({
    ...spec,
    values: ones(spec.shape),
  }));
  assert(kernel && bias, 'conv1 has weights');
  const filters = { runId: 'r', step: 1, layer: 'conv1', kernel, bias };
  const stagesAt = (y: number, x: number) =>
    unitSteps(
      ...([architecture, block, { layer: 'conv1', y, x, channel: 0 }, valuesOf, filters] as const),
    )?.stages.map(({ name }) => name);
  expect(stagesAt(27, 27)?.at(-1)).toMatch(/Pool$/);
  // Of 29 rows the pool of 2x2 sees 28.
  expect(stagesAt(28, 3)).toEqual(stagesAt(27, 27)?.slice(0, -1));
  expect(stagesAt(3, 28)).toEqual(stagesAt(27, 27)?.slice(0, -1));
});
