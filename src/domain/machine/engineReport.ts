export const engineNames = ['webgpu', 'wasm', 'tfjs', 'webgl', 'cpu'] as const;
export type EngineName = (typeof engineNames)[number];
export type EngineChoice = 'auto' | EngineName;

/** Why this engine runs, as a word that the page turns into a sentence. */
export type EngineReason =
  | 'chosen' // the user asked for it
  | 'hardwareAdapter' // a hardware WebGPU adapter answered
  | 'softwareAdapter' // WebGPU is there, but only in software
  | 'noAdapter' // WebGPU is there, but no adapter answered
  | 'noWebgpu'; // this browser has no WebGPU

export interface AdapterReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True where the processor plays the GPU. */
  readonly software: boolean;
  readonly features: readonly string[];
  readonly maxBufferBytes: number;
  readonly maxStorageBindingBytes: number;
}

export interface EngineReport {
  readonly name: EngineName;
  readonly reason: EngineReason;
  /** The WebGPU adapter of this machine if there is one, whichever engine runs. */
  readonly adapter?: AdapterReport;
  /** On wasm: the threads that train, and how many there can be. */
  readonly threads?: ThreadReport;
}

export interface ThreadReport {
  readonly used: number;
  /** The processor's cores, or 1 where the page may not share memory between threads. */
  readonly available: number;
}

/** What can be asked for; a machine may have fewer. */
export const threadRange = { min: 1, max: 256 } as const;

/** How many threads a wish comes to: all there are where none is named. */
export function threadsFor(available: number, wanted: number | undefined): ThreadReport {
  return { available, used: Math.min(available, wanted ?? available) };
}
