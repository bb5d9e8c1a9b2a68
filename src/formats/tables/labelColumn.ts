import { placesOf } from '../../domain/data/classNames.ts';
import { classCounts } from '../../domain/data/dataset.ts';
import type { Labels } from '../../domain/data/labels.ts';
import { inClassOrder } from '../dataset/classOrder.ts';
import { GrowingLabels } from './growingLabels.ts';

const MAX_LABEL = classCounts.max - 1;
/** How tables write that a value is not there. */
const MISSING = /^(|[?]|na|n\/a|nan|null)$/i;
/** As a number, where labels count from 0. */
const NO_LABEL = -1;

/** Whether this is what tables have where there is no label. */
export const isNoLabel = (text: string) => MISSING.test(text.trim()) || Number(text) === NO_LABEL;

/** Numbers that are none, such as `1 2`; no class is called so. */
const BAD_NUMBER = /^[\d\s.,+-]*\d[\d\s.,+-]*$/;

/** What a column of labels has in one row that is no label. */
export interface LabelProblem {
  readonly line: number;
  readonly value: string;
  readonly kind: 'value' | 'classes';
}

/** The labels of all rows: numbers as they are, or words with the classes that they name. */
export interface ReadLabels {
  readonly labels: Labels;
  /** Of words, sorted; undefined where all labels are numbers. */
  readonly names: readonly string[] | undefined;
  /** Rows whose label is not there; what stands for them in `labels` says nothing. */
  readonly missing?: readonly MissingLabel[] | undefined;
}

export interface MissingLabel extends LabelProblem {
  /** Counted from 0, without what stands above the rows. */
  readonly row: number;
}

/**
 * Collects the labels of a column: whole numbers from 0 on, or words. Words are kept as they are found and
 * put in order at the end. Of a column that may hold pixels instead, the first value that is no label is
 * kept, for others to decide what it means.
 */
export class LabelColumn {
  private readonly places: GrowingLabels;
  private readonly keys: string[] = [];
  private readonly ofNumber = new Int16Array(classCounts.max).fill(-1);
  private readonly ofWord = new Map<string, number>();
  /** Whether numbers are written as pixels are that reach from 0 to 1: `1.0`. */
  hasFractions = false;
  /** Whether -1 stands in a row, which is a pixel of images from -1 to 1, or says that there is no label. */
  hasMinusOnes = false;
  private count = 0;
  private readonly missing: MissingLabel[] = [];
  private broken: LabelProblem | undefined;

  constructor(mostRows: number) {
    this.places = new GrowingLabels(mostRows);
  }

  /** @param word called where the cell is no number */
  add(value: number, word: () => string, line: number): void {
    const place = this.placeOf(value, word, line);
    this.places.atLeast(this.count + 1)[this.count] = place;
    this.count++;
  }

  /** What stands in the way of taking the column for labels. */
  get problem(): LabelProblem | undefined {
    return this.broken ?? (this.isMissing ? undefined : this.missing[0]);
  }

  /** Where it is not that labels are missing in some rows. */
  get graveProblem(): LabelProblem | undefined {
    return this.broken;
  }

  get firstMissing(): LabelProblem | undefined {
    return this.missing[0];
  }

  /** Whether every row says that its label is not known. */
  get isMissing(): boolean {
    return !this.broken && this.missing.length === this.count && this.count > 0;
  }

  get classes(): number {
    return this.keys.length;
  }

  get hasWords(): boolean {
    return this.ofWord.size > 0;
  }

  /** Whether the labels are numbers without a gap, from 0 or 1 on, each of them more than once. */
  get isComplete(): boolean {
    if (this.count < 2 * this.keys.length) return false;
    const numbers = this.keys.map(Number).sort((a, b) => a - b);
    const [first = -1] = numbers;
    return !this.hasWords && first <= 1 && numbers.every((number, i) => number === first + i);
  }

  finish(): ReadLabels {
    const { keys, count } = this;
    const sorted = this.hasWords ? inClassOrder(keys) : undefined;
    const placeOf = sorted && placesOf(sorted);
    const label = keys.map((key) => placeOf?.get(key) ?? Number(key));
    const labels = this.places.first(count).map((place) => label[place] ?? 0);
    const { missing } = this;
    return { labels, names: sorted, ...(missing.length > 0 && { missing }) };
  }

  private placeOf(value: number, word: () => string, line: number): number {
    if (this.broken) return 0;
    if (Number.isNaN(value)) {
      const text = word();
      if (BAD_NUMBER.test(text)) return this.breaks({ line, value: text, kind: 'value' });
      if (!MISSING.test(text)) return this.placeOfWord(text, line);
      return this.lacks(text, line);
    }
    if (value === NO_LABEL) {
      this.hasMinusOnes = true;
      return this.lacks(word(), line);
    }
    if (!Number.isInteger(value) || value < 0 || value > MAX_LABEL) {
      return this.breaks({ line, value: word(), kind: 'value' });
    }
    const known = this.ofNumber[value] ?? -1;
    if (known >= 0) return known;
    this.ofNumber[value] = this.keys.length;
    return this.keys.push(String(value)) - 1;
  }

  private placeOfWord(text: string, line: number): number {
    const known = this.ofWord.get(text);
    if (known !== undefined) return known;
    if (this.keys.length > MAX_LABEL) return this.breaks({ line, value: text, kind: 'classes' });
    this.ofWord.set(text, this.keys.length);
    return this.keys.push(text) - 1;
  }

  private lacks(value: string, line: number): number {
    this.missing.push({ row: this.count, line, value, kind: 'value' });
    return 0;
  }

  private breaks(problem: LabelProblem): number {
    this.broken = problem;
    return 0;
  }
}

/** The labels of several files as those of one set: where one has words, all classes are words. */
export function unitedLabels(files: readonly ReadLabels[]): {
  readonly labels: readonly Labels[];
  readonly names: readonly string[] | undefined;
} {
  if (files.every(({ names }) => names === undefined)) {
    return { labels: files.map(({ labels }) => labels), names: undefined };
  }
  const namesOf = ({ labels, names }: ReadLabels) =>
    names ??
    Array.from({ length: labels.reduce((a, b) => Math.max(a, b), 0) + 1 }, (_, i) => `${i}`);
  const used = files.flatMap((file) => {
    const names = namesOf(file);
    return file.names ? names : [...new Set(file.labels)].map((label) => names[label] ?? '');
  });
  const all = inClassOrder([...new Set(used)]);
  const placeOf = placesOf(all);
  const labels = files.map((file) => {
    const place = namesOf(file).map((name) => placeOf.get(name) ?? 0);
    return file.labels.map((label) => place[label] ?? 0);
  });
  return { labels, names: all };
}
