import { useMemo } from 'react';
import { type Sheet, sheetOf } from '../../../domain/figure/sheet.ts';

/** Of a wide page; on a narrow one as wide as it is. */
const ROOM = { width: 380, height: 338 };
/** Of the choice between maps and filters. */
const CHOICE_HEIGHT = 34;
/** Of the line that says which of them are shown, where not all are. */
const PAGES_HEIGHT = 34;

/** How the maps of an opened layer are laid. */
export function useSheet(
  maps: number,
  height: number,
  width: number,
  boxWidth: number,
  hasChoice: boolean,
): Sheet {
  return useMemo(() => {
    const left = ROOM.height - (hasChoice ? CHOICE_HEIGHT : 0);
    const sheetIn = (roomHeight: number) =>
      sheetOf(maps, height, width, {
        ...{ width: Math.min(ROOM.width, boxWidth), height: roomHeight },
      });
    const whole = sheetIn(left);
    return whole.shown < maps ? sheetIn(left - PAGES_HEIGHT) : whole;
  }, [maps, height, width, boxWidth, hasChoice]);
}
