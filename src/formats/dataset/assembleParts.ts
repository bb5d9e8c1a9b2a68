import { placesOf } from '../../domain/data/classNames.ts';
import { type Dataset, type DatasetSource, pixelBytes } from '../../domain/data/dataset.ts';
import { type Labels, noLabels } from '../../domain/data/labels.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Steps } from '../../util/steps.ts';
import { unitedLabels } from '../tables/labelColumn.ts';
import { assembleDataset, type LabelledFile } from './assembleDataset.ts';
import { inClassOrder } from './classOrder.ts';
import { classPerFile } from './classPerFile.ts';
import { joinedRoles } from './joinedParts.ts';
import { partsOfRoles } from './partsOfRoles.ts';
import type { ReadingContext } from './readingContext.ts';
import type { LabelledPart, ReadPart } from './readPart.ts';
import { byRole, roleOfPath } from './roles.ts';
import type { Role } from './roleWords.ts';

export interface ReadParts {
  readonly name: string;
  readonly source: DatasetSource;
  readonly classNames?: readonly string[] | undefined;
  readonly parts: readonly ReadPart[];
}

type Told = Pick<ReadingContext, 'assume' | 'tables'>;

/**
 * Makes a set of what several files hold, whatever their format: finds labels in tables beside them, takes
 * files of one class each together, and says which is for training and which for testing.
 */
export function* assembleParts(
  { name, source, classNames, parts }: ReadParts,
  { assume, tables }: Told,
): Steps<Dataset> {
  const withTables = parts.map((part) => {
    const found = part.labels ? undefined : tables?.take(part.file, part.count, part.ids);
    if (!found) return part;
    const { roles = part.roles } = found;
    return { ...part, labels: found, labelsFile: found.file, roles };
  });
  tables?.tellLeft();
  const whole = joinedClasses(withTables, assume) ?? withTables;
  const all = whole.flatMap((part) => partsOfRoles(part, assume));
  const labelled = joinedRoles(withoutValidation(all.filter(hasLabels), assume));
  const unlabelled = all.filter((part) => !part.labels);
  refuseSeveral(labelled, 2);
  refuseSeveral(unlabelled, 1);
  const united = namedLabels(labelled, classNames, assume);
  const files = labelled.map((part, i): LabelledFile => {
    const { labels: _, labelsFile, roles: __, role: ___, ...images } = part;
    return { ...images, labels: at(united.labels, i), ...(labelsFile && { labelsFile }) };
  });
  return yield* assembleDataset({
    ...{ name, source, classNames: united.names ?? classNames },
    ...inRoles(
      files.map((file, i) => ({ file, role: at(labelled, i).role })),
      assume,
    ),
    unlabelled: unlabelled[0],
  });
}

const hasLabels = (part: ReadPart): part is LabelledPart => part.labels !== undefined;

/** Several files without labels, each called after a class, as one that has them. */
function joinedClasses(
  parts: readonly ReadPart[],
  assume: Told['assume'],
): readonly ReadPart[] | undefined {
  const [first] = parts;
  const names = parts.some(hasLabels) ? undefined : classPerFile(parts.map(({ file }) => file));
  if (!first || !names) return undefined;
  const { shape, file } = first;
  const size = pixelBytes(shape, 1);
  if (parts.some((part) => pixelBytes(part.shape, 1) !== size)) return undefined;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const sorted = inClassOrder(names);
  const labelOf = placesOf(sorted);
  const pixels = new Uint8Array(count * size);
  const labels = noLabels(count);
  let place = 0;
  for (const [i, part] of parts.entries()) {
    pixels.set(part.pixels, place * size);
    labels.fill(labelOf.get(at(names, i)) ?? 0, place, place + part.count);
    place += part.count;
  }
  assume({ kind: 'classPerFile', file, name: at(names, 0), count: parts.length });
  return [{ file, shape, count, pixels, labels: { labels, names: sorted } }];
}

/** The page takes its validation images from those for training. */
function withoutValidation(labelled: readonly LabelledPart[], assume: Told['assume']) {
  if (labelled.length < 3) return labelled;
  return labelled.filter(({ file, role }) => {
    const isLeftOut = role === undefined && roleOfPath(file) === 'validation';
    if (isLeftOut) assume({ kind: 'validationLeftOut', file });
    return !isLeftOut;
  });
}

function refuseSeveral(parts: readonly ReadPart[], most: number): void {
  if (parts.length <= most) return;
  const files = parts.map(({ file }) => file).join(', ');
  throw new WorkbenchError('dataset.ambiguous', { files });
}

/** One numbering for all parts. Numbers that count from 1 are the names of the classes. */
function namedLabels(
  labelled: readonly LabelledPart[],
  classNames: readonly string[] | undefined,
  assume: Told['assume'],
): { readonly labels: readonly Labels[]; readonly names: readonly string[] | undefined } {
  const united = unitedLabels(labelled.map(({ labels }) => labels));
  const [first] = labelled;
  if (united.names || classNames || !first) return united;
  const used = [...new Set(united.labels.flatMap((labels) => [...new Set(labels)]))];
  const sorted = used.sort((a, b) => a - b);
  const [lowest = 0] = sorted;
  const isCounted = lowest === 1 && sorted.at(-1) === sorted.length;
  if (!isCounted || sorted.length < 2) return united;
  assume({ kind: 'labelsFrom', file: first.labelsFile ?? first.file, lowest });
  // As they have no gap, each is the place behind it.
  const labels = united.labels.map((each) => each.map((label) => label - 1));
  return { labels, names: sorted.map(String) };
}

interface RoledFile {
  readonly file: LabelledFile;
  /** Undefined where names alone say it. */
  readonly role: Role | undefined;
}

function inRoles(
  labelled: readonly RoledFile[],
  assume: Told['assume'],
): { readonly train?: LabelledFile; readonly test?: LabelledFile } {
  const [only, second] = labelled;
  if (!only) return {};
  const roleOf = ({ file, role }: RoledFile) => role ?? roleOfPath(file.file);
  if (!second) return roleOf(only) === 'test' ? { test: only.file } : { train: only.file };
  const named = labelled.map(({ file, role }) => ({ name: file.file, role, file }));
  const { train, test } = byRole(named, ({ file }) => file.count);
  if (labelled.every((each) => roleOf(each) === undefined)) {
    assume({ kind: 'rolesBySize', train: train.name, test: test.name });
  }
  return { train: train.file, test: test.file };
}
