import { Text } from '@mantine/core';
import { memo, type ReactNode } from 'react';

interface FigureProps {
  readonly label: ReactNode;
  readonly value: string;
  /** Stands small behind the value. */
  readonly unit?: string | undefined;
  readonly color?: string;
}

/** A number under its name. Digits have one width, so that live figures do not dance. */
export const Figure = memo(function Figure({ label, value, unit, color }: FigureProps) {
  return (
    <div>
      <Label label={label} />
      <Text
        fw={600}
        lh={1.35}
        className="wb-tabular"
        {...(color === undefined ? {} : { c: color })}
      >
        <span>{value}</span>
        {unit !== undefined && (
          <Text span size="xs" c="dimmed" fw={400}>
            {` ${unit}`}
          </Text>
        )}
      </Text>
    </div>
  );
});

const Label = memo(function Label({ label }: Pick<FigureProps, 'label'>) {
  return (
    <Text size="xs" c="dimmed" component="div">
      {label}
    </Text>
  );
});
