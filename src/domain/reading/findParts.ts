import { chooseInk } from './chooseInk.ts';
import { type Component, componentsOf } from './components.ts';
import { type Doubt, doubtsOf, MOST_PARTS } from './doubts.ts';
import { isRim } from './edges.ts';
import { findInk, type GreyPicture, type InkMap } from './ink.ts';
import { isClean } from './isClean.ts';
import { charactersOf } from './parts.ts';
import { localInk } from './photograph.ts';
import { type Grey, shrunkTo } from './shrink.ts';

/** What is written on a picture. */
export interface FoundInk {
  /** All of it; undefined where nothing is written. */
  readonly whole: InkMap | undefined;
  /** Each character by itself, from left to right: the first `MOST_PARTS`. */
  readonly parts: readonly InkMap[];
  readonly doubts: readonly Doubt[];
}

/** Photographs are looked at in this size: more than a digit needs, little enough to be quick. */
const WORKING_SIDE = 256;
/** Weaker ink than this share of the strongest is blur around it. */
const BLUR_SHARE = 0.25;
/** In clean pictures, only what joins two characters by a grey pixel. */
const FAINT_SHARE = 0.1;
/** Of 255: fainter is what printed lines and the paper's own shadows leave. */
const LEAST_CONTRAST = 40;
/** No grain strays so far. */
const SURE_DEVIATIONS = 7;
const LIKELY_DEVIATIONS = 3.5;
/** Of its own ink: the strongest pixels may be glare or specks. */
const LEVEL_QUANTILE = 0.85;

const nothing: FoundInk = { whole: undefined, parts: [], doubts: [] };

/**
 * Finds the characters on a drawing, a scan or a photograph. What was drawn with the pen is all ink;
 * on a clean picture ink is told by the paper's one brightness, on a photograph by the paper around it.
 */
export function findParts(picture: GreyPicture): FoundInk {
  if (picture.ink === 'auto' && !isClean(picture)) return photographed(picture);
  const found = findInk(picture);
  if (!found) return nothing;
  return separated(found, picture.ink === 'auto', []);
}

/** Of a clean picture. `mayDrop` unless everything on it was drawn on purpose. */
function separated(ink: InkMap, mayDrop: boolean, doubts: readonly Doubt[]): FoundInk {
  const { width, height, strengths } = ink;
  const peak = strengths.reduce((most, strength) => Math.max(most, strength), 0);
  const labelled = componentsOf(strengths, width, height, FAINT_SHARE * peak);
  const kept = mayDrop
    ? chooseInk(labelled, { leastPeak: 0, isClean: true }).kept
    : labelled.components;
  if (kept.length === 0) return nothing;
  // Nothing to leave out: every grey of its soft edges stays.
  const isAll = kept.length === labelled.components.length;
  const whole = isAll ? ink : onlyOf(ink, labelled.labels, kept.map(labelOf));
  const characters = charactersOf(kept);
  const partOf = (members: readonly number[]) =>
    onlyOf(
      ink,
      labelled.labels,
      members.map((i) => labelOf(kept[i])),
    );
  // A picture full of letters has hundreds of characters: each part is as large as the picture.
  const parts = characters.length === 1 ? [whole] : characters.slice(0, MOST_PARTS).map(partOf);
  return { whole, parts, doubts: [...doubts, ...doubtsOf(parts, characters.length)] };
}

function photographed(picture: Grey): FoundInk {
  const working = shrunkTo(WORKING_SIDE, picture);
  const dark = inkOf(working, 'dark');
  // Chalk on a blackboard. On white paper nothing is lighter than paper.
  const light = isMostlyDark(working) ? inkOf(working, 'light') : undefined;
  const ink = light && (!dark || light.mass > dark.mass) ? light : dark;
  if (!ink) return nothing;
  return separated(ink.map, false, ink.doubts);
}

function inkOf(working: Grey, kind: 'dark' | 'light') {
  const { width, height } = working;
  const { strengths, grain } = localInk(working, kind);
  const labelled = componentsOf(
    strengths,
    width,
    height,
    Math.max(LEAST_CONTRAST / 4, LIKELY_DEVIATIONS * grain),
  );
  const leastPeak = Math.max(LEAST_CONTRAST, SURE_DEVIATIONS * grain);
  const components = labelled.components.filter(
    (piece) => piece.peak >= leastPeak && !isRim(piece, labelled, working, kind),
  );
  const { kept, isCut } = chooseInk({ ...labelled, components }, { leastPeak, isClean: false });
  if (kept.length === 0) return undefined;
  const labels = new Set(kept.map(({ label }) => label));
  const own = strengths.filter((_, i) => labels.has(labelled.labels[i] ?? 0)).sort();
  const level = own[Math.floor(LEVEL_QUANTILE * own.length)] ?? 0;
  const floor = BLUR_SHARE * level;
  const map = strengths.map((strength, i) =>
    labels.has(labelled.labels[i] ?? 0) ? Math.max(0, Math.min(level, strength) - floor) : 0,
  );
  const isFaint = level < SURE_DEVIATIONS * grain;
  const doubts: Doubt[] = [
    ...(isCut ? (['cut'] as const) : []),
    ...(isFaint ? (['faint'] as const) : []),
  ];
  const mass = map.reduce((sum, strength) => sum + strength, 0);
  return { map: { width, height, strengths: map }, mass, doubts };
}

function isMostlyDark({ pixels }: Grey): boolean {
  let dark = 0;
  for (const pixel of pixels) if (pixel < 128) dark++;
  return dark > pixels.length / 2;
}

const labelOf = (component: Component | undefined) => component?.label ?? 0;

/** The ink of these components, with the grey pixels at their edges. */
function onlyOf(ink: InkMap, labels: Int32Array, chosen: readonly number[]): InkMap {
  const { width, height, strengths } = ink;
  const isChosen = new Set(chosen);
  const own = new Float32Array(strengths.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = y * width + x;
      const label = labels[place] ?? 0;
      const isOwn = label > 0 ? isChosen.has(label) : isBeside(x, y);
      if (isOwn) own[place] = strengths[place] ?? 0;
    }
  }
  return { width, height, strengths: own };

  function isBeside(x: number, y: number): boolean {
    if ((strengths[y * width + x] ?? 0) === 0) return false;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        if (isChosen.has(labels[ny * width + nx] ?? 0)) return true;
      }
    }
    return false;
  }
}
