import type { Architecture } from '../../domain/architecture/architecture.ts';
import type { Labels } from '../../domain/data/labels.ts';
import {
  areSameFigures,
  type DrawnScore,
  type LabelledDrawing,
} from '../../domain/drawing/drawings.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { predictImages } from '../../training/predictImages.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { CurrentRun } from '../runs/currentRun.ts';
import { storedRun } from '../runs/storedRun.ts';
import { busyMsOfEvaluation } from '../training/busyTime.ts';
import type { Workspace } from '../workspace.ts';

/** How well the personal test set is read, by the current model or by every stored one in its turn. */
export class ScoringCommands {
  private scoring: AbortController | undefined;
  /** Of the networks that read at the moment. */
  private readonly reading = new Set<Architecture>();

  constructor(private readonly workspace: Workspace) {}

  /** How long the reading in progress may go on without a word; 0 where there is none. */
  get busyMs(): number {
    return Math.max(0, ...[...this.reading].map(busyMsOfEvaluation));
  }

  /** Given up when another model takes the place of the one that reads. */
  async score(): Promise<DrawnScore> {
    const { workspace } = this;
    const drawings = await workspace.keeper.drawings.list();
    const { run } = workspace;
    const { signal } = new AbortController();
    try {
      const score = await workspace.asking(() => this.scoreOf(run, drawings, signal));
      await this.note(score, run);
      return score;
    } catch (error) {
      throw workspace.runIfAny === run ? error : new WorkbenchError('evaluation.cancelled');
    }
  }

  /** Scores every stored run, one after another, with `scoring` events; the current model stays. */
  async scoreRuns(): Promise<void> {
    const { workspace } = this;
    const { keeper, emit } = workspace;
    await workspace.evaluating(async () => {
      this.scoring = new AbortController();
      const { signal } = this.scoring;
      try {
        const drawings = await keeper.drawings.list();
        const runs = await keeper.list();
        for (const [done, { id }] of runs.entries()) {
          emit({ type: 'scoring', progress: { done, total: runs.length } });
          signal.throwIfAborted();
          await this.scoreStored(id, drawings, signal);
        }
      } finally {
        this.scoring = undefined;
        emit({ type: 'scoring' });
      }
    });
  }

  cancel(): void {
    this.scoring?.abort(new WorkbenchError('evaluation.cancelled'));
  }

  /** Drawings of the classes that the current model knows. */
  async known(): Promise<readonly LabelledDrawing[]> {
    const { keeper, run } = this.workspace;
    return knownTo(run.record, await keeper.drawings.list());
  }

  /** One that cannot be read is told, and passed over. */
  private async scoreStored(
    id: string,
    drawings: readonly LabelledDrawing[],
    signal: AbortSignal,
  ): Promise<void> {
    const { keeper, runIfAny } = this.workspace;
    if (runIfAny?.id === id) {
      return this.note(await this.scoreOf(runIfAny, drawings, signal), runIfAny);
    }
    const stored = await keeper.loadForExport(id);
    if (!stored) return;
    const run = storedRun(keeper, stored);
    try {
      await this.note(await this.scoreOf(run, drawings, signal), run);
    } finally {
      run.dispose();
    }
  }

  private async scoreOf(
    { network, record, look }: CurrentRun,
    drawings: readonly LabelledDrawing[],
    signal: AbortSignal,
  ): Promise<DrawnScore> {
    const { architecture, classNames, scaling } = record;
    const known = knownTo(record, drawings);
    const { drawnImages } = await import('../../domain/drawing/personalTestSet.ts');
    const images = drawnImages(known, architecture.input, classNames, look);
    const onProgress = () => undefined;
    this.reading.add(architecture);
    try {
      const { labels } = await predictImages(network, images, scaling, { onProgress, signal });
      return drawnScore(record, known, labels);
    } finally {
      this.reading.delete(architecture);
    }
  }

  /** A run that is not stored, or no longer, has no note to take it; one that may yet be brought back has. */
  private async note(score: DrawnScore, { version }: CurrentRun): Promise<void> {
    const { runId, step, right, total, trainedOn } = score;
    const { keeper, runIfAny } = this.workspace;
    const figures = { step, right, total, ...(trainedOn !== undefined && { trainedOn }) };
    // Of weights that went off: Stop goes back behind them.
    if (total === 0 || (runIfAny?.id === runId && runIfAny.doubt)) return;
    if (runIfAny?.id === runId && !areSameFigures(runIfAny.record.drawnScore, figures)) {
      runIfAny.update({ drawnScore: figures });
    }
    await keeper.noteFigures(runId, version, { drawnScore: figures }).catch(() => undefined);
  }
}

function knownTo(
  { classNames }: RunRecord,
  drawings: readonly LabelledDrawing[],
): readonly LabelledDrawing[] {
  return drawings.filter(({ className }) => classNames.includes(className));
}

function drawnScore(
  { id: runId, step, classNames, tunedOn = [] }: RunRecord,
  drawings: readonly LabelledDrawing[],
  labels: Labels,
): DrawnScore {
  const learned = new Set(tunedOn);
  const perDrawing = drawings.map(({ id, className }, i) => {
    const readAs = classNames[labels[i] ?? 0] ?? '';
    return { id, readAs, isRight: readAs === className, wasLearned: learned.has(id) };
  });
  const trainedOn = perDrawing.filter(({ wasLearned }) => wasLearned).length;
  return {
    ...{ runId, step, perDrawing, total: drawings.length },
    right: perDrawing.filter(({ isRight }) => isRight).length,
    ...(trainedOn > 0 && { trainedOn }),
  };
}
