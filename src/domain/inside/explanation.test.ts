import { expect, it } from 'vitest';
import { buildArchitecture } from '../architecture/architecture.ts';
import { methodsFor } from './explanation.ts';

it('a network without a convolution is not asked by the maps of one', () => {
  const { layers } = buildArchitecture({
    ...{ id: 'lenet5', width: 1, classes: 10, dropout: 0 },
    input: { height: 28, width: 28, channels: 1 },
  });
  expect(methodsFor({ layers })).toContain('gradCam');
  const others = layers.filter(({ kind }) => kind !== 'conv2d');
  expect(methodsFor({ layers: others })).toEqual(['gradient', 'smoothGrad', 'occlusion']);
});
