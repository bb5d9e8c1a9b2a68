import { type ChangeEvent, type KeyboardEvent, useRef, useState } from 'react';
import { keyName } from './keys.ts';
import { type NumberRange, plainDigits, readNumber, steppedNumber } from './numberText.ts';

interface TypedNumberOptions {
  /** What stands in the field while nothing is typed. */
  readonly value: number;
  readonly range: NumberRange;
  readonly whole: boolean;
  /** How far an arrow key goes: to the next multiple of it. */
  readonly step: number;
  /** Is told of each number of the range while it is typed. */
  readonly onType?: (value: number) => void;
}

export interface TypedNumber {
  /** Undefined while what is typed is not a number of the range. */
  readonly typed: number | undefined;
  /** Goes back to the value; where no number was typed, to that from before. */
  readonly drop: () => void;
  /** For the input of the field. */
  readonly inputProps: {
    readonly value: string;
    readonly role: 'spinbutton';
    readonly inputMode: 'numeric' | 'decimal';
    readonly autoComplete: 'off';
    readonly 'aria-valuenow': number;
    readonly 'aria-valuemin': number;
    readonly 'aria-valuemax': number;
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

const stepsOfKeys: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/**
 * A number that is being typed. The browsers' own number fields change with the wheel, and count their
 * steps from the lowest value, so it is a field for text, with the keys of a number's.
 *
 * What is typed is a draft of the value: it goes when the value becomes another than that, and than the
 * one that was typed. Where one value stands for one thing and then for another, the component has the
 * thing as its key.
 */
export function useTypedNumber(options: TypedNumberOptions): TypedNumber {
  const { value, range, whole, step, onType } = options;
  const [draft, setDraft] = useState<{ text: string; of: readonly (number | undefined)[] }>();
  const text = draft?.of.includes(value) ? draft.text : String(value);
  const typed = readNumber(text, range, whole);

  /** What stood in the field before anything was typed. */
  const before = useRef(value);
  const drop = () => {
    setDraft(undefined);
    if (draft && typed === undefined && before.current !== value) onType?.(before.current);
  };

  const change = (next: string) => {
    if (!draft?.of.includes(value)) before.current = value;
    const number = readNumber(next, range, whole);
    setDraft({ text: next, of: [value, number] });
    if (number !== undefined && number !== value) onType?.(number);
  };
  const stepOnKey = (event: KeyboardEvent) => {
    const steps = stepsOfKeys[keyName(event) ?? ''];
    if (steps === undefined) return;
    event.preventDefault();
    change(String(steppedNumber(typed ?? value, range, step, steps)));
  };
  return {
    typed,
    drop,
    inputProps: {
      value: text,
      role: 'spinbutton',
      inputMode: whole ? 'numeric' : 'decimal',
      autoComplete: 'off',
      'aria-valuenow': ariaNumber(typed ?? value),
      'aria-valuemin': ariaNumber(range.min),
      'aria-valuemax': ariaNumber(range.max),
      onChange: (event) => change(event.currentTarget.value),
      onKeyDown: stepOnKey,
    },
  };
}

/** React's types want a number, and React would write a small one with an exponent. */
function ariaNumber(value: number): number {
  return plainDigits(value) as unknown as number;
}
