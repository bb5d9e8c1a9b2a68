import { assert } from '../../util/assert.ts';

/**
 * Points of a curve, in the order of their steps: a list of them, or typed arrays that read as one. A run
 * of a million steps is 24 MB in these, which are grown, cut and handed on without being copied.
 */
export interface Points<Point> extends Iterable<Point> {
  readonly length: number;
  at(index: number): Point | undefined;
  map<T>(change: (point: Point, index: number) => T): T[];
  filter(isWanted: (point: Point) => boolean): Point[];
  slice(from?: number, to?: number): Points<Point>;
}

interface AtStep {
  readonly step: number;
}

/** A number of each field of a point, all of which are numbers. */
export type Columns<Point> = { readonly [Key in keyof Point & string]: Float64Array<ArrayBuffer> };

/**
 * Room for so many points, and how many of them are taken: whoever ends there may write on, here or, once,
 * in a larger room. What lies in rooms of one line goes on in one way alone.
 */
interface Room<Point> {
  readonly columns: Columns<Point>;
  readonly line: object;
  taken: number;
}

/** Of a room that somebody has gone on from elsewhere: whoever writes on now needs a line of their own. */
const LEFT = Number.POSITIVE_INFINITY;

const FIRST_ROOM = 256;

/** A long curve takes a quarter more: twice as much would be as long to clear as the points to copy. */
const LONG = 100_000;
const roomFor = (length: number) =>
  length < LONG ? Math.max(FIRST_ROOM, 2 * length) : Math.ceil(1.25 * length);

/**
 * Points in typed arrays, an array a field. It never changes: `appended` gives a longer one, which shares
 * its memory, so that one more point costs as much after a million as after none.
 */
export class Curve<Point extends AtStep> implements Points<Point> {
  readonly #room: Room<Point>;
  readonly #from: number;
  readonly #to: number;

  private constructor(room: Room<Point>, from: number, to: number) {
    this.#room = room;
    this.#from = from;
    this.#to = to;
  }

  /** Takes the arrays, one a field, all of one length. */
  static of<Point extends AtStep>(columns: Columns<Point>): Curve<Point> {
    const [length = 0, ...others] = Object.values<Float64Array>(columns).map((one) => one.length);
    assert(
      others.every((other) => other === length),
      'the columns of a curve are of one length',
    );
    return new Curve({ columns, line: {}, taken: length }, 0, length);
  }

  /** @param keys the fields of a point */
  static from<Point extends AtStep>(
    points: Iterable<Point>,
    keys: readonly (keyof Point & string)[],
  ): Curve<Point> {
    if (points instanceof Curve) return points;
    return Curve.of<Point>(columnsOf(keys, () => new Float64Array(0))).appended([...points]);
  }

  get length(): number {
    return this.#to - this.#from;
  }

  at(index: number): Point | undefined {
    const place = index < 0 ? this.#to + index : this.#from + index;
    return place < this.#from || place >= this.#to ? undefined : this.#point(place);
  }

  /** What one field is at each point; as long as nobody writes into it. */
  column(key: keyof Point & string): Float64Array<ArrayBuffer> {
    return this.#room.columns[key].subarray(this.#from, this.#to);
  }

  map<T>(change: (point: Point, index: number) => T): T[] {
    return Array.from({ length: this.length }, (_, i) => change(this.#point(this.#from + i), i));
  }

  filter(isWanted: (point: Point) => boolean): Point[] {
    return [...this].filter(isWanted);
  }

  slice(from = 0, to = this.length): Curve<Point> {
    const [first, end] = [from, to].map((index) =>
      Math.min(this.length, Math.max(0, index < 0 ? this.length + index : index)),
    ) as [number, number];
    return new Curve(this.#room, this.#from + first, this.#from + Math.max(first, end));
  }

  /** The points up to this step; with these all that was measured later is gone. */
  upTo(step: number): Curve<Point> {
    return this.slice(0, firstAfter(this, step));
  }

  appended(points: readonly Point[]): Curve<Point> {
    if (points.length === 0) return this;
    const length = this.length + points.length;
    const hasRoom = this.#to === this.#room.taken && this.#from + length <= this.#capacity;
    const grown = hasRoom ? this : this.#withRoomFor(length);
    const { columns } = grown.#room;
    for (const key of keysOf(columns)) {
      const column = columns[key];
      points.forEach((point, i) => {
        column[grown.#to + i] = Number(point[key]);
      });
    }
    grown.#room.taken = grown.#to + points.length;
    return new Curve(grown.#room, grown.#from, grown.#to + points.length);
  }

  /** These points, and those of the others one after another. */
  joinedBy(others: readonly Curve<Point>[]): Curve<Point> {
    const length = others.reduce((sum, other) => sum + other.length, this.length);
    const { columns } = this.#room;
    const whole = columnsOf(keysOf(columns), (key) => {
      const column = new Float64Array(length);
      let place = 0;
      for (const part of [this, ...others]) {
        column.set(part.column(key), place);
        place += part.length;
      }
      return column;
    });
    return Curve.of(whole);
  }

  /** Whether it was made of the earlier one by adding points, as far as that is known without reading them. */
  continues(earlier: Curve<Point>): boolean {
    const isOfLine = this.#room.line === earlier.#room.line;
    return isOfLine && this.#from === earlier.#from && this.#to >= earlier.#to;
  }

  /** Whether the other one has the same points, and perhaps more. */
  isBeginningOf(other: Curve<Point>): boolean {
    return keysOf(this.#room.columns).every((key) => {
      const column = other.column(key);
      return this.column(key).every((value, i) => Object.is(value, column[i]));
    });
  }

  /** In arrays of their own, without room to spare: to be kept or sent. */
  packed(): Columns<Point> {
    return columnsOf(keysOf(this.#room.columns), (key) => this.column(key).slice());
  }

  *[Symbol.iterator](): Iterator<Point> {
    for (let place = this.#from; place < this.#to; place++) yield this.#point(place);
  }

  /** For whoever writes it as text. */
  toJSON(): Point[] {
    return [...this];
  }

  get #capacity(): number {
    const [first] = Object.values<Float64Array>(this.#room.columns);
    return first?.length ?? 0;
  }

  #withRoomFor(length: number): Curve<Point> {
    const columns = columnsOf(keysOf(this.#room.columns), (key) => {
      const column = new Float64Array(roomFor(length));
      column.set(this.column(key));
      return column;
    });
    const goesOn = this.#from === 0 && this.#to === this.#room.taken;
    if (goesOn) this.#room.taken = LEFT;
    const line = goesOn ? this.#room.line : {};
    return new Curve({ columns, line, taken: this.length }, 0, this.length);
  }

  #point(place: number): Point {
    const { columns } = this.#room;
    return Object.fromEntries(
      keysOf(columns).map((key) => [key, columns[key][place]]),
    ) as unknown as Point;
  }
}

const keysOf = <Point>(columns: Columns<Point>) => Object.keys(columns) as (keyof Point & string)[];

function columnsOf<Point>(
  keys: readonly (keyof Point & string)[],
  make: (key: keyof Point & string) => Float64Array<ArrayBuffer>,
): Columns<Point> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as unknown as Columns<Point>;
}

/** What one field is at each point, whatever these lie in. */
export function columnOf<Point extends AtStep>(
  points: Points<Point>,
  key: keyof Point & string,
): Float64Array {
  if (points instanceof Curve) return points.column(key);
  return Float64Array.from(points.map((point) => Number(point[key])));
}

/**
 * Those of the points that follow an earlier curve; undefined where nobody knows without reading both that
 * they go on from it.
 */
export function pointsSince<Point extends AtStep>(
  points: Points<Point>,
  earlier: Points<Point> | undefined,
): Points<Point> | undefined {
  const isKnown = points instanceof Curve && earlier instanceof Curve && points.continues(earlier);
  return isKnown ? points.slice(earlier.length) : undefined;
}

/** Place of the first point after a step; points are in the order of their steps. */
export function firstAfter(points: Points<AtStep>, step: number): number {
  const steps = points instanceof Curve ? points.column('step') : undefined;
  const stepAt = (place: number) => (steps ? steps[place] : points.at(place)?.step);
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stepAt(middle) ?? Number.POSITIVE_INFINITY) <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
