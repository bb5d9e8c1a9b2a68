import { type RefObject, useEffect, useRef, useState } from 'react';

/**
 * How many of the screen's own pixels a square element is wide, 0 until it is known. Follows the
 * element's size, the zoom of the page, and a move to a screen with other pixels; looks again with each
 * new `moment` too.
 */
export function useDeviceSide(target: RefObject<HTMLElement | null>, moment: unknown): number {
  const [side, setSide] = useState(0);
  const look = useRef<() => void>(undefined);
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    let measured = 0;
    look.current = () => {
      const reckoned = element.clientWidth * window.devicePixelRatio;
      // How the browser rounds it alone knows, and tells after it has told of another density.
      setSide(Math.round(Math.abs(measured - reckoned) < 1 ? measured : reckoned));
    };
    const observer = new ResizeObserver((entries) => {
      measured = entries.at(-1)?.devicePixelContentBoxSize?.[0]?.inlineSize ?? 0;
      look.current?.();
    });
    // Safari has no such box, and throws where it is asked for.
    const hasBox = 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype;
    observer.observe(element, { box: hasBox ? 'device-pixel-content-box' : 'content-box' });
    const unfollow = followDensity(() => look.current?.());
    return () => {
      observer.disconnect();
      unfollow();
    };
  }, [target]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again with each moment.
  useEffect(() => look.current?.(), [moment]);
  return side;
}

/** Calls back when a pixel of the page becomes another number of pixels of the screen. */
function followDensity(onChange: () => void): () => void {
  const ending = new AbortController();
  const follow = () => {
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const again = () => {
      onChange();
      follow();
    };
    query.addEventListener('change', again, { once: true, signal: ending.signal });
  };
  follow();
  return () => ending.abort();
}
