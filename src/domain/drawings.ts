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
}
