import { Text, TextInput, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type NumberRange, readNumber } from './numberText.ts';

interface NumberFieldProps {
  readonly label: ReactNode;
  readonly description: string;
  readonly value: number;
  readonly range: NumberRange;
  readonly whole: boolean;
  /** Stands at the right in the field, where it differs from the preset. */
  readonly difference?: string | undefined;
  /** How far an arrow key goes. */
  readonly step: number;
  /** Said while what is typed is not a value; what was there before stays in force. */
  readonly error: string;
  readonly disabled: boolean;
  readonly onCommit: (value: number) => void;
}

/** A number that takes effect as soon as it is one of its range. */
export function NumberField(props: NumberFieldProps) {
  const { label, description, difference, value, range, whole } = props;
  const { step, error, disabled, onCommit } = props;
  const [draft, setDraft] = useState<string>();
  const isWrong = draft !== undefined && readNumber(draft, range, whole) === undefined;

  const change = (text: string) => {
    setDraft(text);
    const typed = readNumber(text, range, whole);
    if (typed !== undefined && typed !== value) onCommit(typed);
  };
  return (
    <TextInput
      type="number"
      size="xs"
      inputMode={whole ? 'numeric' : 'decimal'}
      className="wb-tabular"
      label={label}
      description={
        <>
          {description}
          {difference && <VisuallyHidden>{` ${difference}`}</VisuallyHidden>}
        </>
      }
      rightSection={
        difference && (
          <Text size="xs" c="var(--wb-accent)" fw={600} pr="xs" aria-hidden>
            {difference}
          </Text>
        )
      }
      rightSectionWidth="auto"
      rightSectionPointerEvents="none"
      value={draft ?? String(value)}
      min={range.min}
      max={range.max}
      step={step}
      error={isWrong && error}
      disabled={disabled}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => setDraft(undefined)}
    />
  );
}
