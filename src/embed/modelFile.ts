import {
  type Architecture,
  type ArchitectureChoice,
  buildArchitecture,
} from '../domain/architecture/architecture.ts';
import { sizeOf } from '../domain/architecture/shape.ts';
import type { Look } from '../domain/data/look.ts';
import type { Scaling } from '../domain/recipe/scaling.ts';
import type { NamedTensor } from '../domain/runs/run.ts';

/** What there is to know of the network, out of the safetensors file that lies beside the module. */
export interface EmbeddedModel {
  readonly architecture: Architecture;
  readonly scaling: Scaling;
  readonly look: Look | undefined;
  readonly classNames: readonly string[];
  readonly tensors: readonly NamedTensor[];
  /** Ten images and their logits, if the file has them. */
  readonly samples: { readonly images: Uint8Array; readonly logits: Float32Array } | undefined;
}

interface Metadata {
  readonly architecture: ArchitectureChoice;
  readonly scaling: Scaling;
  readonly look?: Look;
  readonly classNames: readonly string[];
}

const LENGTH_BYTES = 8;

/**
 * The file is one that the workbench wrote, and whoever serves the page serves it too: it is read without the
 * suspicion that a stranger's file meets. A host that answers with a page of its own is noticed.
 */
export function readModelFile(address: string, file: ArrayBuffer): EmbeddedModel {
  const refuse = (problem: string) =>
    new Error(`${address} is not the model that was exported with this module: ${problem}.`);
  if (file.byteLength < LENGTH_BYTES) throw refuse(`it has ${file.byteLength} bytes`);
  const end = LENGTH_BYTES + Number(new DataView(file).getBigUint64(0, true));
  if (end > file.byteLength) throw refuse('it does not begin as safetensors do');
  const { __metadata__: texts, ...entries } = JSON.parse(
    new TextDecoder().decode(new Uint8Array(file, LENGTH_BYTES, end - LENGTH_BYTES)),
  );
  if (!texts?.workbench) throw refuse('it does not say what network it belongs to');
  const { architecture, scaling, look, classNames } = JSON.parse(texts.workbench) as Metadata;
  const tensors = Object.entries(entries as Record<string, TensorEntry>).map(
    ([
      name,
      {
        shape,
        data_offsets: [from],
      },
    ]) => {
      const bytes = 4 * sizeOf(shape);
      if (end + from + bytes > file.byteLength) throw refuse('it was cut off');
      return { name, shape, values: new Float32Array(file.slice(end + from, end + from + bytes)) };
    },
  );
  return {
    architecture: buildArchitecture(architecture),
    ...{ scaling, look, classNames, tensors },
    samples: texts.samples === undefined ? undefined : samplesIn(texts.samples),
  };
}

interface TensorEntry {
  readonly shape: readonly number[];
  readonly data_offsets: readonly [from: number, to: number];
}

function samplesIn(text: string): NonNullable<EmbeddedModel['samples']> {
  const { images, logits } = JSON.parse(text) as { images: string; logits: number[] };
  return {
    images: Uint8Array.from(atob(images), (character) => character.charCodeAt(0)),
    logits: Float32Array.from(logits),
  };
}
