/** How long the page offers to bring back what was deleted: a run, a data set, a drawing. */
export const DELETION_UNDO_MS = 12_000;

/** How long it is only hidden: longer, so that no offer is made that cannot be kept. */
export const DELETION_KEPT_MS = DELETION_UNDO_MS + 60_000;
