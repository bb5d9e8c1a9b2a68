/** What the worker says of data sets while it does something else than read one. */
export const workerRefusals = [
  'dataset.missing',
  'dataset.noFiles',
  'dataset.cancelled',
  'dataset.unreachable',
  'dataset.address',
  'dataset.notFetched',
  'dataset.nameCount',
  'dataset.nameTwice',
  'dataset.split',
  'dataset.noTest',
  'dataset.noTraining',
  'dataset.nothingToPredict',
  'dataset.mismatch',
  'dataset.notOfRun',
  'dataset.division',
  'picture.blank',
] as const;
