/**
 * What of the network is open, as the fragment of the page's address says it:
 *
 *   #inside                        the whole network
 *   #layer/conv2?map=3&at=4,5      a layer, a map of it, and a unit: its row and column
 *   #why/7                         why, or why not, the class of this index
 *
 * each with `test=123`, where it is about that test image. Every other fragment is somebody else's.
 */
export interface InsidePlace {
  readonly view: InsideView;
  /** The index of a test image that is looked at. */
  readonly test?: number;
}

export type InsideView =
  | { readonly kind: 'figure' }
  | {
      readonly kind: 'layer';
      readonly layer: string;
      readonly map?: number;
      readonly at?: readonly [row: number, column: number];
    }
  | { readonly kind: 'why'; readonly label: number };

export const wholeFigure: InsidePlace = { view: { kind: 'figure' } };

export function readInsidePlace(fragment: string): InsidePlace | undefined {
  const [, path, query] = /^#?([^?]*)(?:\?(.*))?$/.exec(fragment) ?? [];
  const fields = new URLSearchParams(query);
  const view = path === undefined ? undefined : viewOf(path, fields);
  if (!view) return undefined;
  const test = wholeNumber(fields.get('test'));
  return { view, ...(test === undefined ? {} : { test }) };
}

function viewOf(path: string, fields: URLSearchParams): InsideView | undefined {
  if (path === 'inside') return { kind: 'figure' };
  const [place, name, ...more] = path.split('/');
  if (name === undefined || name === '' || more.length > 0) return undefined;
  if (place === 'why') {
    const label = wholeNumber(name);
    return label === undefined ? undefined : { kind: 'why', label };
  }
  if (place !== 'layer') return undefined;
  const layer = decoded(name);
  if (layer === undefined) return undefined;
  const map = wholeNumber(fields.get('map'));
  const [row, column, ...rest] = (fields.get('at') ?? '').split(',').map(wholeNumber);
  const isPoint = row !== undefined && column !== undefined && rest.length === 0;
  return {
    ...{ kind: 'layer', layer },
    ...(map === undefined ? {} : { map }),
    ...(isPoint ? { at: [row, column] } : {}),
  };
}

export function insideFragment({ view, test }: InsidePlace): string {
  const fields = [
    ...(view.kind === 'layer' && view.map !== undefined ? [`map=${view.map}`] : []),
    ...(view.kind === 'layer' && view.at ? [`at=${view.at.join(',')}`] : []),
    ...(test === undefined ? [] : [`test=${test}`]),
  ];
  return `#${pathOf(view)}${fields.length > 0 ? `?${fields.join('&')}` : ''}`;
}

function pathOf(view: InsideView): string {
  switch (view.kind) {
    case 'figure':
      return 'inside';
    case 'layer':
      return `layer/${encodeURIComponent(view.layer)}`;
    case 'why':
      return `why/${view.label}`;
  }
}

function wholeNumber(text: string | null | undefined): number | undefined {
  return text !== null && text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
