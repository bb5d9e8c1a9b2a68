/** Loss (mean cross-entropy in nats) and top-1 accuracy (0 to 1) of one training step's batch. */
export interface TrainingPoint {
  /** Steps done, from 1. */
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** The same over validation images, measured after `step` steps. */
export interface ValidationPoint extends TrainingPoint {
  readonly images: number;
}

export interface History {
  readonly training: readonly TrainingPoint[];
  readonly validation: readonly ValidationPoint[];
}

export interface Evaluation {
  readonly split: 'test' | 'validation';
  readonly images: number;
  readonly loss: number;
  /** Top-1, 0 to 1. */
  readonly accuracy: number;
  /** `confusion[truth][predicted]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  /** One entry an image, in file order. */
  readonly truths: Uint8Array;
  readonly predictions: Uint8Array;
  /** Probability of the predicted class. */
  readonly confidences: Float32Array;
}
