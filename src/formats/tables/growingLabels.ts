import { type Labels, noLabels } from '../../domain/data/labels.ts';

const FIRST_LABELS = 2 ** 16;

/** Labels of rows whose number is not yet known, at most `most` of them; room doubles as it is used. */
export class GrowingLabels {
  private room: Labels;

  constructor(private readonly most: number) {
    this.room = noLabels(Math.min(most, FIRST_LABELS));
  }

  /** Room for at least so many; what was in it stays. */
  atLeast(needed: number): Labels {
    if (needed <= this.room.length) return this.room;
    const room = noLabels(Math.max(needed, Math.min(this.most, 2 * this.room.length)));
    room.set(this.room);
    this.room = room;
    return room;
  }

  first(used: number): Labels {
    return this.room.subarray(0, used);
  }
}
