import type { Architecture, Layer } from '../../domain/architecture/architecture.ts';
import { describeNetwork, type LayerReport } from '../../domain/architecture/shapes.ts';
import { windowGeometry } from '../../domain/architecture/window.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** A network as the PyTorch module that a person would write for it. */
export function moduleText(network: Architecture, { offset, factor }: Scaling): string {
  const { layers, id, input } = network;
  const lines = describeNetwork(network).layers.flatMap(moduleLines);
  const { height, width, channels } = input;
  return `"""${id}: ${layers.length} layers, written by AlexNet Workbench beside the weights of model.safetensors."""

from collections import OrderedDict
from pathlib import Path

from safetensors.torch import load_file
from torch import nn


class ${className(id)}(nn.Sequential):
    def __init__(self):
        super().__init__(OrderedDict([
${lines.map((line) => `            ${line}`).join('\n')}
        ]))

    def forward(self, images):
        """Logits of raw images: bytes from 0 to 255 of shape [N, ${height}, ${width}, ${channels}]."""
        x = images.permute(0, 3, 1, 2).float()
        return super().forward((x - ${python(offset)}) * ${python(factor)})


def load(folder=Path(__file__).parent):
    model = ${className(id)}()
    model.load_state_dict(load_file(Path(folder) / "model.safetensors"))
    return model.eval()
`;
}

export const className = (id: Architecture['id']): string =>
  ({
    alexnet: 'AlexNet',
    'alexnet-towers': 'AlexNetTowers',
    'alexnet-original': 'AlexNetOriginal',
    allconv: 'AllConvolutional',
    lenet5: 'LeNet5',
    imported: 'Network',
  })[id];

const python = (value: number): string => (Number.isInteger(value) ? `${value}.0` : `${value}`);

/** The lines of the list that a layer takes: padding that is not the same on all sides is a module of its own. */
function moduleLines(report: LayerReport): string[] {
  const { layer, inputShape } = report;
  const { name } = layer;
  const line = (key: string, call: string) => `("${key}", nn.${call}),`;
  switch (layer.kind) {
    case 'conv2d': {
      const { filters, kernelSize, stride, groups } = layer;
      const { padding, before } = paddingOf(report, layer, kernelSize, `${name}_pad`, '0.0');
      const more = [
        ...(stride > 1 ? [`stride=${stride}`] : []),
        ...(padding > 0 ? [`padding=${padding}`] : []),
        ...(groups > 1 ? [`groups=${groups}`] : []),
      ];
      const numbers = [inputShape[2], filters, kernelSize, ...more].join(', ');
      return [...before, line(name, `Conv2d(${numbers})`), ...activation(layer)];
    }
    case 'dense':
      return [line(name, `Linear(${inputShape[0]}, ${layer.units})`), ...activation(layer)];
    case 'lrn': {
      // PyTorch divides alpha by its window, TensorFlow and the workbench do not.
      const size = 2 * layer.depthRadius + 1;
      const numbers = `alpha=${python(layer.alpha * size)}, beta=${python(layer.beta)}`;
      return [line(name, `LocalResponseNorm(${size}, ${numbers}, k=${python(layer.bias)})`)];
    }
    case 'batchNorm': {
      const type = inputShape.length === 3 ? 'BatchNorm2d' : 'BatchNorm1d';
      const momentum = Number((1 - layer.momentum).toFixed(6));
      return [
        line(name, `${type}(${inputShape.at(-1)}, eps=${layer.epsilon}, momentum=${momentum})`),
      ];
    }
    case 'maxPool': {
      const { poolSize, stride } = layer;
      const outside = 'float("-inf")';
      const { padding, before } = paddingOf(report, layer, poolSize, `${name}_pad`, outside);
      return [
        ...before,
        line(name, `MaxPool2d(${poolSize}, ${stride}${padding > 0 ? `, padding=${padding}` : ''})`),
      ];
    }
    case 'avgPool': {
      const { poolSize, stride } = layer;
      const { padding, before } = paddingOf(report, layer, poolSize, '', '');
      if (before.length > 0) throw new WorkbenchError('export.averagePadding', { layer: name });
      const padded = padding > 0 ? `, padding=${padding}, count_include_pad=False` : '';
      return [line(name, `AvgPool2d(${poolSize}, ${stride}${padded})`)];
    }
    case 'globalAveragePool':
      return [line(name, 'AdaptiveAvgPool2d(1)'), line(`${name}_flat`, 'Flatten()')];
    case 'flatten':
      return [line(name, 'Flatten()')];
    case 'dropout':
      return [line(name, `Dropout(${layer.rate})`)];
  }
}

function activation({ name, activation: kind }: Extract<Layer, { activation: unknown }>): string[] {
  const modules = { linear: undefined, relu: 'ReLU', tanh: 'Tanh' };
  const module = modules[kind];
  return module ? [`("${name}_${kind}", nn.${module}()),`] : [];
}

/** The same number of pixels on all sides, or a module before that pads. */
function paddingOf(
  { inputShape, outputShape }: LayerReport,
  { stride, padding }: Extract<Layer, { padding: unknown }>,
  side: number,
  name: string,
  value: string,
): { padding: number; before: string[] } {
  if (typeof padding === 'number') return { padding, before: [] };
  if (padding === 'valid') return { padding: 0, before: [] };
  const g = windowGeometry(1, inputShape, outputShape, { side, stride, padding });
  const behind = (size: number, out: number, before: number) =>
    Math.max(0, (out - 1) * stride + side - size - before);
  const [bottom, right] = [
    behind(g.inHeight, g.outHeight, g.padTop),
    behind(g.inWidth, g.outWidth, g.padLeft),
  ];
  const sides = [g.padLeft, right, g.padTop, bottom];
  if (sides.every((pixels) => pixels === g.padTop)) return { padding: g.padTop, before: [] };
  return {
    padding: 0,
    before: [`("${name}", nn.ConstantPad2d((${sides.join(', ')}), ${value})),`],
  };
}
