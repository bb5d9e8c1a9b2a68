import { Input, SegmentedControl } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface ChoiceFieldProps<Value extends string> {
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, all in sight. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { label, description, value, choices, disabled = false, onChoose } = props;
  const labelId = useId();
  return (
    <Input.Wrapper
      size="xs"
      label={label}
      labelElement="div"
      labelProps={{ id: labelId }}
      description={description}
    >
      <SegmentedControl<Value>
        fullWidth
        size="xs"
        mt={6}
        aria-labelledby={labelId}
        data={choices.map((choice) => ({ ...choice }))}
        value={value}
        disabled={disabled}
        onChange={onChoose}
      />
    </Input.Wrapper>
  );
}
