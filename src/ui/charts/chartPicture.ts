import type { ExportedFile } from '../../protocol/protocol.ts';
import { assert } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { type SeriesKey, type SeriesLook, seriesLooks } from './series.ts';

/** What stands around the curves in a picture that leaves the page. */
export interface PictureWords {
  readonly title: string;
  /** Which run this is. */
  readonly subtitle: string;
  /** The visible curves, in order. */
  readonly legend: readonly { readonly key: SeriesKey; readonly name: string }[];
}

/** Pixels of the picture for each pixel of the page. */
const SCALE = 2;
const PADDING = 16;
const TITLE_HEIGHT = 42;
const LEGEND_HEIGHT = 24;
const SVG = 'http://www.w3.org/2000/svg';

/** What decides how a shape of an SVG looks; a picture has no style sheet. */
const looks = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['stroke-linecap', 'stroke-linejoin', 'opacity', 'text-anchor', 'dominant-baseline'],
  ...['font-family', 'font-size', 'font-weight', 'font-variant-numeric'],
];

/**
 * A chart of the page as PNG: with title and legend, on the colour of the page. Refused where the
 * browser cannot make one of it.
 */
export async function chartPicture(
  chart: SVGSVGElement,
  words: PictureWords,
  fileName: string,
): Promise<ExportedFile> {
  try {
    return await drawnPicture(chart, words, fileName);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError('chart.picture', { file: fileName, problem });
  }
}

async function drawnPicture(
  chart: SVGSVGElement,
  words: PictureWords,
  fileName: string,
): Promise<ExportedFile> {
  const { svg, width, height } = framed(chart, words);
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * width;
  canvas.height = SCALE * height;
  const context = canvas.getContext('2d');
  assert(context, 'a canvas has a 2D context');
  context.drawImage(await rendered(svg), 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  assert(blob, 'a canvas of this size becomes a PNG');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { name: fileName, mimeType: 'image/png', bytes };
}

async function rendered(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const text = new XMLSerializer().serializeToString(svg);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function framed(chart: SVGSVGElement, { title, subtitle, legend }: PictureWords) {
  const { width: chartWidth, height: chartHeight } = chart.getBoundingClientRect();
  const width = Math.round(chartWidth + 2 * PADDING);
  const height = Math.round(chartHeight + TITLE_HEIGHT + LEGEND_HEIGHT + 2 * PADDING);
  const page = getComputedStyle(chart);
  const color = (variable: string) => page.getPropertyValue(variable).trim();
  const resolved = (value: string) =>
    value.replace(/^var\((.+)\)$/, (_, variable: string) => color(variable));
  const text = (words: string, x: number, y: number, size: number, weight: number) => {
    const fill = color('--mantine-color-text');
    const node = element('text', { x, y, fill, 'font-size': size, 'font-weight': weight });
    node.setAttribute('font-family', page.fontFamily);
    node.textContent = words;
    return node;
  };

  const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(element('rect', { width, height, fill: color('--wb-surface') }));
  svg.append(text(title, PADDING, PADDING + 13, 15, 600));
  svg.append(text(subtitle, PADDING, PADDING + 31, 12, 400));
  let x = PADDING;
  for (const { key, name } of legend) {
    const y = PADDING + TITLE_HEIGHT + 10;
    svg.append(...sample(seriesLooks[key], x, y, resolved));
    svg.append(text(name, x + 28, y + 4, 12, 400));
    x += 28 + 7 * textUnits(name) + 18;
  }
  const copy = withLooks(chart);
  copy.setAttribute('x', String(PADDING));
  copy.setAttribute('y', String(PADDING + TITLE_HEIGHT + LEGEND_HEIGHT));
  copy.setAttribute('width', String(chartWidth));
  copy.setAttribute('height', String(chartHeight));
  svg.append(copy);
  return { svg, width, height };
}

function sample(look: SeriesLook, x: number, y: number, resolved: (value: string) => string) {
  const stroke = resolved(look.color);
  const line = element('line', {
    ...{ x1: x, x2: x + 22, y1: y, y2: y, stroke },
    'stroke-width': look.width,
    'stroke-opacity': look.opacity,
    'stroke-dasharray': look.dashes ?? 'none',
  });
  if (!look.dots) return [line];
  const fill = resolved('var(--wb-surface)');
  return [line, element('circle', { cx: x + 11, cy: y, r: 3, fill, stroke, 'stroke-width': 1.5 })];
}

/** A copy that carries all its looks with it. What only serves the pointer is left out. */
export function withLooks(chart: SVGSVGElement): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll('*');
  for (const [i, node] of copy.querySelectorAll('*').entries()) {
    const original = originals[i];
    if (!original) continue;
    const style = getComputedStyle(original);
    const inline = looks.map((look) => `${look}:${style.getPropertyValue(look)}`).join(';');
    node.setAttribute('style', inline);
  }
  for (const node of copy.querySelectorAll('.recharts-tooltip-cursor, .recharts-active-dot')) {
    node.remove();
  }
  copy.removeAttribute('style');
  return copy;
}

/** About how many letters wide: those of Chinese count double. */
function textUnits(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
}

function element<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Name] {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
