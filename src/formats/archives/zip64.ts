/**
 * Sizes and places of an entry that 32 bits do not hold, or that a writer did not know beforehand
 * (APPNOTE.TXT 6.3, 4.5.3): each that is 0xffffffff in the directory stands in the extra field 0x0001
 * instead, in the order of length, packed length, place.
 */
export interface EntryPlace {
  readonly inflatedBytes: number;
  readonly packedBytes: number;
  readonly local: number;
}

const ZIP64_FIELD = 0x0001;
const ELSEWHERE = 0xffffffff;

/** @param extra where the extra fields begin and end; undefined where a value is nowhere */
export function entryPlace(
  view: DataView,
  central: number,
  extra: { readonly start: number; readonly end: number },
): EntryPlace | undefined {
  const field = zip64Field(view, extra);
  let [place, end] = field ?? [0, 0];
  let isMissing = false;
  const valueAt = (offset: number) => {
    const value = view.getUint32(central + offset, true);
    if (value !== ELSEWHERE || !field) return value;
    if (place + 8 > end) {
      isMissing = true;
      return 0;
    }
    const long = Number(view.getBigUint64(place, true));
    place += 8;
    return long;
  };
  const inflatedBytes = valueAt(24);
  const packedBytes = valueAt(20);
  const local = valueAt(42);
  return isMissing ? undefined : { inflatedBytes, packedBytes, local };
}

function zip64Field(
  view: DataView,
  extra: { readonly start: number; readonly end: number },
): [start: number, end: number] | undefined {
  for (let place = extra.start; place + 4 <= extra.end; ) {
    const start = place + 4;
    const end = start + view.getUint16(place + 2, true);
    if (end > extra.end) return undefined;
    if (view.getUint16(place, true) === ZIP64_FIELD) return [start, end];
    place = end;
  }
  return undefined;
}
