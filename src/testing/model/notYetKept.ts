/**
 * Promises that the workbench does not keep yet, and what comes of it: nothing is checked of them. An
 * entry goes when its promise is kept.
 */
export const notYetKept = {
  ownRunAfterFault:
    'The worker that takes the place of an ended one opens the run that was used last in any tab, be it another than this page had.',
} as const;
