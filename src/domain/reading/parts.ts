/** Where a piece of ink lies, in whatever unit; `right` and `bottom` are its last places. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What stands in a row with the tallest piece is nearly as tall: the bar of a 5, a dot, half a 4 are not. */
const TALL_SHARE = 0.62;
/** Pieces that lie above each other by more of the narrower one are one character. */
const ABOVE_SHARE = 0.35;
/** As wide as this part of its height counts even a 1. */
const LEAST_WIDTH = 0.25;

const heightOf = ({ top, bottom }: Box) => bottom - top;
const widthOf = ({ left, right }: Box) => right - left;

/**
 * Which pieces make a character each, from left to right; indices into `pieces`. Digits in a row are
 * about as tall as each other and lie side by side. Whatever is less tall belongs to the nearest one.
 */
export function charactersOf(pieces: readonly Box[]): number[][] {
  const most = Math.max(0, ...pieces.map(heightOf));
  const order = pieces.map((_, index) => index);
  const isTall = (index: number) => heightOf(box(pieces, index)) >= TALL_SHARE * most;
  const groups: { members: number[]; box: Box }[] = [];
  for (const index of order.filter(isTall)) {
    let grown = { members: [index], box: box(pieces, index) };
    for (const other of groups.filter((group) => areOne(group.box, grown.box, most))) {
      grown = {
        members: [...other.members, ...grown.members],
        box: union(other.box, grown.box),
      };
      groups.splice(groups.indexOf(other), 1);
    }
    groups.push(grown);
  }
  for (const index of order.filter((index) => !isTall(index))) {
    const small = box(pieces, index);
    const nearest = groups.reduce((best, group) =>
      distance(group.box, small) < distance(best.box, small) ? group : best,
    );
    nearest.members.push(index);
  }
  return groups
    .toSorted((one, other) => one.box.left + one.box.right - other.box.left - other.box.right)
    .map(({ members }) => members);
}

function areOne(one: Box, other: Box, height: number): boolean {
  const above = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const narrower = Math.max(Math.min(widthOf(one), widthOf(other)), LEAST_WIDTH * height);
  const beside = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const lower = Math.min(heightOf(one), heightOf(other));
  // One below the other is no row: whatever it is, it is not two digits to be read as a number.
  return above > ABOVE_SHARE * narrower && beside > -lower;
}

/** Between two boxes, 0 where they meet. */
export function distance(one: Box, other: Box): number {
  const across = Math.max(0, one.left - other.right, other.left - one.right);
  const down = Math.max(0, one.top - other.bottom, other.top - one.bottom);
  return Math.hypot(across, down);
}

export function union(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function box(pieces: readonly Box[], index: number): Box {
  const found = pieces[index];
  if (!found) throw new RangeError(`There is no piece ${index}.`);
  return found;
}
