/** By which way a stranger's file comes into the page. */
export type Door = 'importDataset' | 'importWeights' | 'importDrawings' | 'openPicture';

export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Files of one gesture that nobody means well with. */
export interface HostileInput {
  readonly door: Door;
  readonly files: readonly HostileFile[];
  /** What it tries, for whoever reads of a failure. */
  readonly words: string;
}
