import * as v from 'valibot';
import type { Dataset, RowIds } from '../domain/data/dataset.ts';

const RowIdsSchema = v.object({ column: v.string(), values: v.array(v.string()) });

/** What files call the images of the parts that may be predicted. */
const IdsOfPartsSchema = v.object({
  test: v.exactOptional(RowIdsSchema),
  unlabelled: v.exactOptional(RowIdsSchema),
});
type IdsOfParts = v.InferOutput<typeof IdsOfPartsSchema>;

/** Beside the parts of the images, which count from 0: names are no part of what a set is. */
export const IDS_PART = -1;

/** As they are kept; undefined where there are none. */
export function packIds({ test, unlabelled }: Dataset): ArrayBuffer | undefined {
  const ids = {
    ...(test.ids && { test: test.ids }),
    ...(unlabelled?.ids && { unlabelled: unlabelled.ids }),
  };
  if (Object.keys(ids).length === 0) return undefined;
  return new TextEncoder().encode(JSON.stringify(ids)).buffer;
}

/** The set with the names that were kept, if as many are there as images. */
export function withIds(dataset: Dataset, kept: ArrayBuffer | undefined): Dataset {
  if (!kept) return dataset;
  const { test, unlabelled } = dataset;
  const ids = parsed(kept);
  const named = <Part extends { count: number }>(part: Part, own: RowIds | undefined): Part =>
    own?.values.length === part.count ? { ...part, ids: own } : part;
  return {
    ...dataset,
    test: named(test, ids.test),
    ...(unlabelled && { unlabelled: named(unlabelled, ids.unlabelled) }),
  };
}

/** What this file wrote, or nothing: a name is not worth a set. */
function parsed(kept: ArrayBuffer): IdsOfParts {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(kept));
  } catch {
    return {};
  }
  const ids = v.safeParse(IdsOfPartsSchema, json);
  return ids.success ? ids.output : {};
}
