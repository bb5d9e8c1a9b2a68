import { UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Rect } from '../../../domain/figure/rect.ts';
import { keyName } from '../../components/keys.ts';
import classes from './figure.module.css';

export interface Door {
  readonly key: string;
  readonly label: string;
  readonly bounds: Rect;
  readonly isOpen: boolean;
}

interface DoorsProps {
  readonly label: string;
  readonly doors: readonly Door[];
  /** Whether something lies over them. */
  readonly isCovered: boolean;
  readonly onOpen: (key: string) => void;
  /** Which one the pointer or the focus is on. */
  readonly onMark: (key: string | undefined) => void;
}

const ways: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

/** Parts of a picture that can be pressed. One takes the focus; the arrow keys go to the others. */
export function Doors({ label, doors, isCovered, onOpen, onMark }: DoorsProps) {
  const group = useRef<HTMLFieldSetElement>(null);
  const [entry, setEntry] = useState<string>();
  const entryKey = doors.some(({ key }) => key === entry) ? entry : doors[0]?.key;

  const move = (event: KeyboardEvent, index: number) => {
    const name = keyName(event) ?? '';
    const last = doors.length - 1;
    const next = name === 'Home' ? 0 : name === 'End' ? last : index + (ways[name] ?? Number.NaN);
    const door = doors[next];
    if (!door) return;
    event.preventDefault();
    group.current?.querySelectorAll('button')[next]?.focus();
  };

  return (
    <fieldset ref={group} aria-label={label} className={classes.doors} inert={isCovered}>
      {doors.map(({ key, label, bounds, isOpen }, index) => (
        <UnstyledButton
          key={key}
          className={classes.door ?? ''}
          style={{ left: bounds.x, top: bounds.y, width: bounds.width, height: bounds.height }}
          aria-label={label}
          data-door={key}
          aria-pressed={isOpen}
          tabIndex={key === entryKey ? 0 : -1}
          onKeyDown={(event) => move(event, index)}
          onClick={() => onOpen(key)}
          onFocus={() => {
            setEntry(key);
            onMark(key);
          }}
          onBlur={() => onMark(undefined)}
          onPointerEnter={() => onMark(key)}
          onPointerLeave={() => onMark(undefined)}
        />
      ))}
    </fieldset>
  );
}
