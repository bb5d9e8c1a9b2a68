import fc from 'fast-check';
import type { WorkbenchState } from '../../../app/state.ts';
import type { ErrorCode } from '../../../util/errorTexts.ts';
import type { Belief } from '../belief.ts';
import type { Bench } from '../bench.ts';
import { checkAll, hold } from '../checks.ts';
import type { Outcome, Tab } from '../tab.ts';
import { timed } from '../timeSpent.ts';
import { countDone } from '../timesDone.ts';

/** Something that a user does, or that befalls the machine, in one of two tabs. */
export interface Act {
  /** As the story of a failure tells it. */
  readonly words: string;
  /** Whether there is anything to do it with; always, where it is missing. */
  readonly isPossible?: (belief: Belief) => boolean;
  /** Whether the page offers it; always, where it is missing. */
  readonly isOffered?: (state: WorkbenchState) => boolean;
  /** Does it, and changes the belief by what it should have come to. */
  readonly happen: (scene: Scene) => Promise<void>;
}

export interface Scene {
  readonly belief: Belief;
  readonly bench: Bench;
  readonly tab: Tab;
  readonly place: number;
}

export class ModelCommand implements fc.AsyncCommand<Belief, Bench> {
  constructor(
    private readonly place: number,
    private readonly act: Act,
    /** Whether it is tried where the page does not offer it too: it is refused then. */
    private readonly insists: boolean,
  ) {}

  check(belief: Readonly<Belief>): boolean {
    const { isPossible, isOffered } = this.act;
    if (isPossible && !isPossible(belief)) return false;
    const state = belief.seen(this.place);
    return this.insists || !isOffered || !state || isOffered(state);
  }

  async run(belief: Belief, bench: Bench): Promise<void> {
    bench.story.push(String(this));
    const tab = await timed('opening a tab', () => bench.tab(this.place));
    await timed(kindOf(this.act.words), () =>
      this.act.happen({ belief, bench, tab, place: this.place }),
    );
    await timed('checking all', () => checkAll(belief, bench));
  }

  toString(): string {
    return `tab ${'AB'[this.place]}: ${this.act.words}`;
  }
}

/** The same words for all that differ by a number, or by what stands in brackets. */
const kindOf = (words: string) => words.replace(/ (\d|\().*/, '');

/** Most of the time somebody works in one tab. */
const place = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(1) },
);

const insists = fc.oneof(
  { weight: 9, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

export function inSomeTab(act: fc.Arbitrary<Act>): fc.Arbitrary<ModelCommand> {
  return fc
    .tuple(place, act, insists)
    .map(([place, act, insists]) => new ModelCommand(place, act, insists));
}

/** What the model knows of a call before it is made. */
export interface Expectation {
  /** Whether the page offers it now. */
  readonly isOffered: boolean;
  /** Where it must be refused though it is offered, as which of these. */
  readonly must?: readonly ErrorCode[] | undefined;
  /** Where it may be. */
  readonly may?: readonly ErrorCode[] | undefined;
}

/** Whether the call was done; throws where it should not have been, or should have been and was not. */
export function isDone<T>(
  words: string,
  outcome: Outcome<T> | undefined,
  { isOffered, must, may = [] }: Expectation,
): boolean {
  const code = outcome?.refusal?.code;
  if (!isOffered) hold(code !== undefined, `${words} is not offered, and is not refused`);
  else if (must) {
    hold(code !== undefined && must.includes(code), `${words} was not refused as ${must}`);
  } else {
    hold(code === undefined || may.includes(code), `${words} is offered, and refused as ${code}`);
  }
  if (code === undefined) countDone(words);
  return code === undefined;
}
