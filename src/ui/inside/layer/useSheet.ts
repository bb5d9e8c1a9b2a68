import { useMemo } from 'react';
import { type Sheet, sheetOf } from '../../../domain/figure/sheet.ts';

/** Of a wide page; on a narrow one as wide as it is. */
const ROOM = { width: 380, height: 345 };

/** How the maps of an opened layer are laid. */
export function useSheet(maps: number, height: number, width: number, boxWidth: number): Sheet {
  return useMemo(() => {
    const room = { width: Math.min(ROOM.width, boxWidth), height: ROOM.height };
    return sheetOf(maps, height, width, room);
  }, [maps, height, width, boxWidth]);
}
