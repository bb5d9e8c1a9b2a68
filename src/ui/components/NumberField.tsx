import { Text, TextInput, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { NumberRange } from './numberText.ts';
import { useTypedNumber } from './useTypedNumber.ts';

interface NumberFieldProps {
  readonly label: ReactNode;
  readonly description: string;
  readonly value: number;
  readonly range: NumberRange;
  readonly whole: boolean;
  /** Stands at the right in the field, where it differs from the preset. */
  readonly difference?: string | undefined;
  /** How far an arrow key goes: to the next multiple of it. */
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
  const { typed, drop, inputProps } = useTypedNumber({
    ...{ value, range, whole, step },
    onType: onCommit,
  });
  return (
    <TextInput
      {...inputProps}
      size="xs"
      className="wb-tabular"
      label={label}
      description={
        <>
          <span>{description}</span>
          {difference !== undefined && <VisuallyHidden>{` ${difference}`}</VisuallyHidden>}
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
      error={typed === undefined && error}
      disabled={disabled}
      onBlur={drop}
    />
  );
}
