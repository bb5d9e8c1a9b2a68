import type { ReactNode } from 'react';

interface ScrollRegionProps {
  /** The accessible name. */
  readonly label: string;
  readonly children: ReactNode;
}

/** What is too wide for its place scrolls sideways in it, and the page does not. */
export function ScrollRegion({ label, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach.
    <section className="wb-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
