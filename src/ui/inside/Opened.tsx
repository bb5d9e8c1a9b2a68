import { ActionIcon, Title } from '@mantine/core';
import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { keyName } from '../components/keys.ts';
import classes from './opened.module.css';
import { SaveButtons } from './save/SaveButtons.tsx';

interface OpenedProps {
  /** Of the region. */
  readonly label: string;
  readonly title: string;
  /** Another one is gone to when it comes. */
  readonly subject: string;
  readonly facts: ReactNode;
  /** Beside the title. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Of the file that it is saved as. */
  readonly fileName: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is opened of the network lies over it, and is left by Escape. */
export function Opened(props: OpenedProps) {
  const { label, title, subject, facts, before, after, drawing, canvas, fileName, onClose } = props;
  const { t } = useTranslation('figure');
  const onKeyDown = (event: KeyboardEvent) => {
    if (keyName(event) !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <section className={classes.opened} aria-label={label} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        {before}
        <Heading key={subject}>{title}</Heading>
        {after}
        <span className={classes.facts}>{facts}</span>
        <SaveButtons drawing={drawing} canvas={canvas} name={fileName} />
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('close')}
          title={t('close')}
          onClick={onClose}
        >
          <X size={16} aria-hidden />
        </ActionIcon>
      </div>
      {props.children}
    </section>
  );
}

/** Has the focus when it comes. */
function Heading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Title order={3} ref={heading} tabIndex={-1}>
      {children}
    </Title>
  );
}
