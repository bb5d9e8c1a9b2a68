/** All maps of a layer side by side in a room: as large as they fit, or the first of them. */
export interface Sheet {
  /** Pixels of the screen for a pixel of a map: a whole number. */
  readonly scale: number;
  readonly across: number;
  readonly down: number;
  /** So many of the maps have a place. */
  readonly shown: number;
  /** From the beginning of a map to that of the next. */
  readonly stepX: number;
  readonly stepY: number;
}

const GAP = 1;
const MOST_SCALE = 12;

export function sheetOf(
  maps: number,
  mapHeight: number,
  mapWidth: number,
  room: { readonly width: number; readonly height: number },
  mostScale = MOST_SCALE,
): Sheet {
  for (let scale = mostScale; scale >= 1; scale--) {
    const sheet = sheetAt(scale, maps, mapHeight, mapWidth, room);
    if (sheet.shown >= maps || scale === 1) return sheet;
  }
  return sheetAt(1, maps, mapHeight, mapWidth, room);
}

function sheetAt(
  scale: number,
  maps: number,
  mapHeight: number,
  mapWidth: number,
  room: { readonly width: number; readonly height: number },
): Sheet {
  const [stepX, stepY] = [mapWidth * scale + GAP, mapHeight * scale + GAP];
  const across = Math.max(0, Math.min(maps, Math.floor((room.width + GAP) / stepX)));
  const most = Math.max(0, Math.floor((room.height + GAP) / stepY));
  const down = across === 0 ? 0 : Math.min(most, Math.ceil(maps / across));
  return { scale, across, down, shown: Math.min(maps, across * down), stepX, stepY };
}

/** The map at a place of the sheet, in pixels of the screen; undefined between and beside them. */
export function mapAt({ across, shown, stepX, stepY }: Sheet, x: number, y: number) {
  const [column, row] = [Math.floor(x / stepX), Math.floor(y / stepY)];
  if (x < 0 || y < 0 || column >= across) return undefined;
  const map = row * across + column;
  return map < shown ? map : undefined;
}
