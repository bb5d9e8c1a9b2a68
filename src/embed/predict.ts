import { brightnessOf } from '../domain/pictures/brightness.ts';
import { preparePicture } from '../domain/reading/digit.ts';
import { type EmbeddedModel, readModelFile } from './modelFile.ts';
import { type OpenNetwork, openNetwork, type WantedEngine } from './openNetwork.ts';

/**
 * Reads pictures with a network that was trained in the AlexNet Workbench: a module for any page, with
 * `model.safetensors` and `kernels.wasm` beside it. A picture is prepared as the workbench prepares what is drawn
 * in it: ink is told from paper, cut out, made as large and as thick as the training images have it, and centred.
 */
export interface Reading {
  /** Nothing is written on the picture: then there is no label. */
  readonly blank: boolean;
  /** Number of the likeliest class; -1 where nothing is written. */
  readonly label: number;
  readonly className: string;
  /** One entry a class, summing to 1; empty where nothing is written. */
  readonly probabilities: readonly number[];
  readonly logits: readonly number[];
  /** What the network saw: `height * width` bytes. */
  readonly prepared: Uint8Array;
}

export interface Options {
  /** Where the model lies; beside this module if nothing is said. */
  readonly model?: string | URL;
  readonly kernels?: string | URL;
  /** `auto` takes WebGPU where there is a GPU, and WebAssembly elsewhere. */
  readonly engine?: WantedEngine;
}

export interface Predictor {
  readonly classNames: readonly string[];
  /** What computes at the moment. */
  readonly engine: OpenNetwork['engine'];
  /** The first thing that is written on a picture, from left to right. */
  predict(picture: ImageData): Promise<Reading>;
}

/** Loads the model once; several may be loaded from several places. */
export async function load(options: Options = {}): Promise<Predictor> {
  const {
    model: modelUrl = new URL('./model.safetensors', import.meta.url),
    kernels: kernelsUrl = new URL('./kernels.wasm', import.meta.url),
    engine = 'auto',
  } = options;
  const model = readModelFile(String(modelUrl), await bytesAt(modelUrl));
  // Hosts call WebAssembly by several names, and browsers stream it under one alone.
  const kernels = async () => WebAssembly.compile(await bytesAt(kernelsUrl));
  const network = await openNetwork(model, kernels, engine);
  return {
    classNames: model.classNames,
    get engine() {
      return network.engine;
    },
    predict: (picture) => read(model, network, picture),
  };
}

let loaded: Promise<Predictor> | undefined;

/** The same with the model beside this module, which is loaded when the first picture comes. */
export async function predict(picture: ImageData): Promise<Reading> {
  loaded ??= load();
  // What could not be had may be there next time.
  loaded.catch(() => {
    loaded = undefined;
  });
  return (await loaded).predict(picture);
}

async function read(
  { architecture, scaling, look, classNames }: EmbeddedModel,
  network: OpenNetwork,
  { width, height, data }: ImageData,
): Promise<Reading> {
  const { input } = architecture;
  const pixels = brightnessOf(onWhite(data));
  const { parts } = preparePicture({ width, height, pixels, ink: 'auto' }, input, look);
  const [first] = parts;
  if (!first) {
    const prepared = new Uint8Array(input.width * input.height).fill(look?.paper ?? 0);
    return { blank: true, label: -1, className: '', probabilities: [], logits: [], prepared };
  }
  const prepared = first.pixels;
  const { channels } = input;
  const scaled = Float32Array.from({ length: prepared.length * channels }, (_, i) => {
    return ((prepared[Math.floor(i / channels)] ?? 0) - scaling.offset) * scaling.factor;
  });
  const logits = [...(await network.infer(scaled))];
  const probabilities = softmax(logits);
  const label = probabilities.indexOf(Math.max(...probabilities));
  return {
    blank: false,
    label,
    className: classNames[label] ?? '',
    probabilities,
    logits,
    prepared,
  };
}

/** Where a picture is transparent, the paper is white. */
function onWhite(rgba: Uint8ClampedArray): Uint8ClampedArray {
  return rgba.map((value, i) => {
    const alpha = (rgba[i | 3] ?? 255) / 255;
    return Math.round(value * alpha + 255 * (1 - alpha));
  });
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - largest));
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => share / sum);
}

/** The widest networks are a hundred megabytes, over whatever line. */
const MOST_MS = 900_000;

async function bytesAt(url: string | URL): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(MOST_MS) });
  if (!response.ok) throw new Error(`${url} did not arrive: ${response.status}.`);
  return response.arrayBuffer();
}
