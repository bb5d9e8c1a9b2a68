import { gatherAugmented } from '../../domain/augment/gatherAugmented.ts';
import { bufferLimit } from '../../engine/device.ts';
import type { Backend } from '../backend.ts';
import { refuseTooLarge } from '../deviceLimit.ts';
import { inspectImages, readImages } from './tapeReader.ts';
import { TapeTrainer } from './tapeTrainer.ts';
import { TfjsModel } from './tfjsModel.ts';

/** A scaling that leaves bytes as they are. */
const BYTES = { offset: 0, factor: 1 };

/** Networks by TensorFlow.js as it comes, on whichever of its engines runs. */
export const tapeBackend: Backend = {
  async makeTrainer(architecture, images, scaling, recipe, { augment }) {
    refuseTooLarge(architecture, recipe, bufferLimit());
    return new TapeTrainer(architecture, images, scaling, recipe, augment);
  },

  async makeReader(architecture, weights) {
    // With nothing dropped no clock matters.
    const model = new TfjsModel(architecture, { seed: 0, step: 0 });
    model.importWeights(weights);
    return {
      infer: (images, count) => readImages(model, images, count),
      inspect: (wanted, images, count) => inspectImages(model, wanted, images, count),
      dispose: () => model.dispose(),
    };
  },

  async vary({ plan, images, steps }) {
    const everyImage = Uint32Array.from({ length: images.count }, (_, i) => i);
    return Array.from({ length: steps }, (_, step) => {
      const bytes = new Float32Array(images.pixels.length);
      gatherAugmented(images, everyImage, plan, step, BYTES, bytes);
      return bytes;
    });
  },
};
