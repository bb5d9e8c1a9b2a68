import { useState } from 'react';
import classes from './layer.module.css';

interface NoteProps {
  /** What the words are about. */
  readonly of: string;
  readonly text: string;
}

/** Words that are spoken when they are about something else, and not whenever their numbers change. */
export function Note({ of, text }: NoteProps) {
  const [told, setTold] = useState({ of, text, isNew: true });
  if (told.text !== text) setTold({ of, text, isNew: told.of !== of });
  return (
    <span className={classes.note} aria-live={told.isNew ? 'polite' : 'off'}>
      {text}
    </span>
  );
}
