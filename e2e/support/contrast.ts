import type { Locator, Page } from 'playwright';

/** WCAG 2.2, 1.4.11: what is needed to understand a graphic or to know the state of a control. */
const LEAST_CONTRAST = 3;

/**
 * Of the pixels of an element's box, the share that would have another colour without it, in the least
 * contrast at which it is seen; undefined of one that is smaller than a pixel, as a share of nothing is.
 */
export async function seenShare(element: Locator): Promise<number | undefined> {
  const page = element.page();
  await element.scrollIntoViewIfNeeded();
  const clip = await element.boundingBox();
  if (!clip || clip.width < 1 || clip.height < 1) return undefined;
  const shot = () => page.screenshot({ clip, animations: 'disabled' });
  const before = await shot();
  const hide = (hidden: boolean) =>
    element.evaluate((node, hidden) => {
      if (node instanceof HTMLElement || node instanceof SVGElement) {
        node.style.visibility = hidden ? 'hidden' : '';
      }
    }, hidden);
  await hide(true);
  const without = await shot();
  await hide(false);
  return changedShare(page, before, without);
}

/** Of two pictures of one size, the share of pixels that can be told apart. */
export function changedShare(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async ({ pictures, least }) => {
      const pixelsOf = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
      };
      const linear = (value = 0) =>
        value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      const luminance = (pixels: ArrayLike<number>, i: number) =>
        0.2126 * linear(pixels[i]) +
        0.7152 * linear(pixels[i + 1]) +
        0.0722 * linear(pixels[i + 2]);
      const [a = [], b = []] = await Promise.all(pictures.map(pixelsOf));
      let seen = 0;
      for (let i = 0; i < a.length; i += 4) {
        const [one, other] = [luminance(a, i) + 0.05, luminance(b, i) + 0.05];
        if (Math.max(one, other) / Math.min(one, other) >= least) seen++;
      }
      return (4 * seen) / a.length;
    },
    { pictures: [one.toString('base64'), other.toString('base64')], least: LEAST_CONTRAST },
  );
}
