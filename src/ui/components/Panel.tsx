import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface PanelProps {
  /** The anchor of the panel, as in `#draw`. */
  readonly region: string;
  readonly title: string;
  /** Stands at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A landmark of the page, named by its heading. */
export function Panel({ region, title, actions, children }: PanelProps) {
  const headingId = useId();
  return (
    <section className="wb-panel" id={region} aria-labelledby={headingId}>
      <div className="wb-panel-head">
        <Title order={2} id={headingId}>
          {title}
        </Title>
        {actions}
      </div>
      {children}
    </section>
  );
}
