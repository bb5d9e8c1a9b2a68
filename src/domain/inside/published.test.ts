import { expect, it } from 'vitest';
import { originalAlexnet } from '../architecture/architecture.ts';
import { describeNetwork } from '../architecture/shapes.ts';

it('gives the AlexNet of 2012 the parameters and multiply-adds that were published of it', () => {
  const { layers, multiplyAdds } = describeNetwork(originalAlexnet);
  const figures = layers
    .filter(({ parameters }) => parameters > 0)
    .map((report) => [report.layer.name, report.parameters, report.multiplyAdds]);
  expect(figures).toEqual([
    ['conv1', 34_944, 105_415_200],
    ['conv2', 307_456, 223_948_800],
    ['conv3', 885_120, 149_520_384],
    ['conv4', 663_936, 112_140_288],
    ['conv5', 442_624, 74_760_192],
    ['fc6', 37_752_832, 37_748_736],
    ['fc7', 16_781_312, 16_777_216],
    ['fc8', 4_097_000, 4_096_000],
  ]);
  expect(multiplyAdds).toBe(724_406_816);
});
