import { describe, expect, it } from 'vitest';
import { at } from '../../util/assert.ts';
import {
  type ArchitectureChoice,
  buildArchitecture,
  originalAlexnet,
  trainableArchitectures,
  widths,
} from '../architecture/architecture.ts';
import { describeNetwork } from '../architecture/shapes.ts';
import { blocksOf, towersOf } from './blocks.ts';
import { type FigureLayout, type FigureRoom, layoutFigure } from './layout.ts';
import type { Rect } from './rect.ts';

const mnist = { height: 28, width: 28, channels: 1 };
const network = (choice: Partial<ArchitectureChoice>) =>
  buildArchitecture({
    ...{ id: 'alexnet', width: 0.25, input: mnist, classes: 10, dropout: 0.5 },
    ...choice,
  });

const wide = { width: 1224, height: 398, sheetHeight: 118 };
const phone = { width: 358, height: 700, sheetHeight: 0 };

function layoutOf(choice: Partial<ArchitectureChoice>, room: FigureRoom = wide): FigureLayout {
  const architecture = network(choice);
  const report = describeNetwork(architecture);
  const { input, classes } = architecture;
  return layoutFigure(blocksOf(report), input, classes, towersOf(report), room);
}

const every = trainableArchitectures.flatMap((id) =>
  widths.flatMap((width) =>
    (['lrn', 'batch', 'none'] as const).map((normalization) => ({ id, width, normalization })),
  ),
);

const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('the blocks of a network', () => {
  const named = (choice: Partial<ArchitectureChoice>) =>
    blocksOf(describeNetwork(network(choice))).map(({ name }) => name);

  it('are the volumes of the paper, with the pool that no convolution follows', () => {
    expect(named({})).toEqual('conv1 conv2 conv3 conv4 conv5 pool5 fc6 fc7 fc8'.split(' '));
    expect(named({ id: 'lenet5' })).toEqual('conv1 conv2 pool2 fc3 fc4 fc5'.split(' '));
    expect(named({ id: 'allconv' }).at(-1)).toBe('average');
  });

  it('hold every layer, parameter and product once', () => {
    for (const choice of every) {
      const report = describeNetwork(network(choice));
      const blocks = blocksOf(report);
      expect(blocks.flatMap(({ layers }) => layers)).toEqual(report.layers);
      const sum = (of: 'parameters' | 'multiplyAdds') =>
        blocks.reduce((total, block) => total + block[of], 0);
      expect(sum('parameters')).toBe(report.parameters);
      expect(sum('multiplyAdds')).toBe(report.multiplyAdds);
      expect(blocks.at(-1)?.form).toBe('outputs');
    }
  });

  it('count the parameters of the original as they were published', () => {
    const blocks = blocksOf(describeNetwork(originalAlexnet)).filter((block) => block.parameters);
    expect(blocks.map(({ parameters }) => parameters)).toEqual([
      ...[34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000],
    ]);
  });
});

describe('the picture of a network', () => {
  it.each([
    ['wide', wide],
    ['on a phone', phone],
  ])('lies in its room, %s, and nothing covers another', (_, room) => {
    for (const choice of every) {
      const { width, height, input, blocks, outputs } = layoutOf(choice, room);
      expect(width).toBeLessThanOrEqual(room.width);
      expect(height).toBeLessThanOrEqual(room.height);
      const rects = [input, ...blocks.flatMap(solidBounds), outputs];
      for (const [i, a] of rects.entries()) {
        expect(a.width * a.height).toBeGreaterThan(0);
        for (const b of rects.slice(i + 1))
          expect(overlap(a, b), JSON.stringify([choice, a, b])).toBe(false);
      }
    }
  });

  it('has every side to one scale, and every depth to another', () => {
    for (const choice of every) {
      const { scale, channelDepth, input, blocks } = layoutOf(choice);
      expect(input.width).toBe(28 * scale);
      for (const { block, solids } of blocks) {
        if (block.form !== 'volume') continue;
        for (const { front, depth, channels } of solids) {
          expect(front.height).toBe(at(block.shape, 0) * scale);
          expect(front.width).toBe(at(block.shape, 1) * scale);
          expect(Math.hypot(depth.x, depth.y)).toBeCloseTo(
            channels * channelDepth * Math.hypot(0.8, 0.5),
            9,
          );
        }
        expect(solids.reduce((sum, { channels }) => sum + channels, 0)).toBe(at(block.shape, 2));
      }
    }
  });

  it('draws seven pixels for one of a map at the usual width', () => {
    expect(layoutOf({}).scale).toBe(7);
  });

  it('has columns as high as they have units', () => {
    const [fc3, fc4] = layoutOf({ id: 'lenet5' }).blocks.slice(-2);
    expect(fc3?.block.name).toBe('fc3');
    expect(
      at(fc3?.solids ?? [], 0).front.height / at(fc4?.solids ?? [], 0).front.height,
    ).toBeCloseTo(120 / 84, 1);
  });

  it('shows what the middle unit of conv2 sees of conv1: 5x5 behind a pool of 3x3 are 11x11', () => {
    const { reaches, scale } = layoutOf({});
    const conv2 = reaches.find(({ to }) => to === 'conv2');
    expect(conv2?.field.width).toBe(11 * scale);
    expect(reaches.find(({ to }) => to === 'conv1')?.field.width).toBe(11 * scale);
    expect(reaches.find(({ to }) => to === 'conv3')?.field.width).toBe(7 * scale);
  });

  it('keeps both towers apart but where a layer sees both', () => {
    const { blocks, reaches } = layoutOf({ id: 'alexnet-towers' });
    expect(
      blocks.filter(({ solids }) => solids.length === 2).map(({ block }) => block.name),
    ).toEqual('conv1 conv2 conv3 conv4 conv5 pool5'.split(' '));
    const linesTo = (name: string) => reaches.filter(({ to }) => to === name).length;
    expect(['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'pool5'].map(linesTo)).toEqual([
      ...[2, 2, 4, 2, 2, 2],
    ]);
  });

  it('takes the original of 2012 too', () => {
    const report = describeNetwork(originalAlexnet);
    const { input, classes } = originalAlexnet;
    const { width, height } = layoutFigure(blocksOf(report), input, classes, 2, wide);
    expect(width).toBeLessThanOrEqual(wide.width);
    expect(height).toBeLessThanOrEqual(wide.height);
  });
});

const solidBounds = ({ solids }: FigureLayout['blocks'][number]): Rect[] =>
  solids.map(({ front, depth }) => ({
    ...{ x: front.x, y: front.y - (solids.length > 1 ? 0 : depth.y) },
    width: front.width + depth.x,
    height: front.height + (solids.length > 1 ? 0 : depth.y),
  }));
