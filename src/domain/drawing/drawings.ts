/** A drawing that its writer has labelled: one image of the personal test set. */
export interface LabelledDrawing {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The name of the class that it shows, `7` for one: it holds for any data set with such a class. */
  readonly className: string;
  /** Brightness as it was drawn, light ink on black, row-major: `width * height` bytes. */
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** As `KeptDrawing` has it, so that it is prepared once; none of older ones, and of files. */
  readonly thumbnail?: Uint8Array;
}

/** The oldest first. */
export const byAge = (one: Aged, other: Aged): number =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
type Aged = Pick<LabelledDrawing, 'id' | 'createdAt'>;

/** More than anybody draws, and few enough to be read within seconds. */
export const MOST_DRAWINGS = 1000;
/** The longest side of a drawing that is kept, in pixels. */
export const MOST_DRAWING_SIDE = 1024;

/** Of all of them together: they are in memory at once, as the page shows them and a model reads them. */
export const MOST_DRAWN_PIXELS = 2 ** 27;

/** A labelled drawing as the page shows it. */
export interface KeptDrawing {
  readonly id: string;
  readonly createdAt: number;
  readonly className: string;
  /** Prepared as MNIST was: `THUMBNAIL_SIDE` squared bytes. */
  readonly thumbnail: Uint8Array;
}

export const THUMBNAIL_SIDE = 28;

/** How a model reads the personal test set; drawings of classes that it does not know are left out. */
export interface DrawnScore extends DrawnFigures {
  readonly runId: string;
  readonly perDrawing: readonly {
    readonly id: string;
    /** The name of the class that it was read as. */
    readonly readAs: string;
    readonly isRight: boolean;
    /** Whether the run was fine-tuned on it: then it is no test of it any more. */
    readonly wasLearned: boolean;
  }[];
}

/** What a run's note keeps of it. */
export interface DrawnFigures {
  /** Steps that the run had done when it read them. */
  readonly step: number;
  readonly right: number;
  readonly total: number;
  /** How many of them it was fine-tuned on, if any. */
  readonly trainedOn?: number;
}

export function areSameFigures(one: DrawnFigures | undefined, other: DrawnFigures): boolean {
  return (
    one?.step === other.step &&
    one.right === other.right &&
    one.total === other.total &&
    one.trainedOn === other.trainedOn
  );
}

/** What came of the drawings of a file. */
export interface ImportedDrawings {
  readonly added: readonly KeptDrawing[];
  /** How many were there already. */
  readonly known: number;
}
