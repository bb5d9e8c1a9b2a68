import { type Columns, Curve } from './curve.ts';
import type { History, TrainingPoint, ValidationPoint } from './metrics.ts';

/** A history whose points lie in typed arrays. */
export interface Curves extends History {
  readonly training: Curve<TrainingPoint>;
  readonly validation: Curve<ValidationPoint>;
}

/** The same as it is kept and sent. */
export interface PackedHistory {
  readonly training: Columns<TrainingPoint>;
  readonly validation: Columns<ValidationPoint>;
}

const trainingKeys = ['step', 'loss', 'accuracy'] as const;
const validationKeys = [...trainingKeys, 'images'] as const;

export function curvesOf({ training, validation }: History): Curves {
  return {
    training: Curve.from<TrainingPoint>(training, trainingKeys),
    validation: Curve.from<ValidationPoint>(validation, validationKeys),
  };
}

export function packHistory(history: History): PackedHistory {
  const { training, validation } = curvesOf(history);
  return { training: training.packed(), validation: validation.packed() };
}

export function unpackHistory({ training, validation }: PackedHistory): Curves {
  return { training: Curve.of(training), validation: Curve.of(validation) };
}

export const noHistory: Curves = curvesOf({ training: [], validation: [] });
