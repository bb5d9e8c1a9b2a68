import type { ExportedFile } from '../../../protocol/protocol.ts';
import { assert } from '../../../util/assert.ts';
import { withLooks } from '../../charts/chartPicture.ts';

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
/** Pixels of a PNG for each pixel of the page. */
const SCALE = 2;

/** A picture of the page that consists of lines and words over pixels. */
interface Layers {
  readonly drawing: SVGSVGElement;
  readonly canvas: HTMLCanvasElement;
}

/** One SVG that carries its pixels and looks with it. */
export function figureSvg({ drawing, canvas }: Layers, name: string): ExportedFile {
  const { text } = framed({ drawing, canvas });
  const bytes = new TextEncoder().encode(text);
  return { name: `${name}.svg`, mimeType: 'image/svg+xml', bytes };
}

export async function figurePng(layers: Layers, name: string): Promise<ExportedFile> {
  const { text, width, height } = framed(layers);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const page = document.createElement('canvas');
    page.width = SCALE * width;
    page.height = SCALE * height;
    page.getContext('2d')?.drawImage(image, 0, 0, page.width, page.height);
    const blob = await new Promise<Blob | null>((resolve) => page.toBlob(resolve, 'image/png'));
    assert(blob, 'a canvas of this size becomes a PNG');
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return { name: `${name}.png`, mimeType: 'image/png', bytes };
  } finally {
    URL.revokeObjectURL(url);
  }
}

function framed({ drawing, canvas }: Layers) {
  const { width: drawnWidth, height: drawnHeight } = drawing.getBoundingClientRect();
  const [width, height] = [drawnWidth + 2 * MARGIN, drawnHeight + 2 * MARGIN];
  const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  const page = getComputedStyle(document.body);
  svg.append(element('rect', { width, height, fill: page.backgroundColor }));
  const place = { x: MARGIN, y: MARGIN, width: drawnWidth, height: drawnHeight };
  svg.append(element('image', { ...place, href: canvas.toDataURL('image/png') }));
  const copy = withLooks(drawing);
  for (const [key, value] of Object.entries(place)) copy.setAttribute(key, String(value));
  svg.append(copy);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

function element(name: string, attributes: Readonly<Record<string, string | number>>) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
