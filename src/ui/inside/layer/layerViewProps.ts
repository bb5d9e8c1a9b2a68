import type { Block } from '../../../domain/figure/blocks.ts';
import type { Inspection } from '../../../domain/inside/inspection.ts';
import type { ShownBlocks } from '../useNetwork.ts';

export type At = readonly [row: number, column: number];

export interface LayerViewProps {
  readonly network: ShownBlocks;
  readonly block: Block;
  readonly seen: Inspection | undefined;
  readonly isOnScreen: boolean;
  readonly map: number | undefined;
  readonly at: At | undefined;
  readonly onChoose: (map: number, at: At | undefined) => void;
  /** Under the pointer, or chosen: what it sees is framed on the input. */
  readonly onUnit: (layer: string, at: At) => void;
  readonly onLayer: (name: string) => void;
  readonly onClose: () => void;
}
