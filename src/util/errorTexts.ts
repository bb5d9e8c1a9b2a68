/**
 * Every refusal that a user can meet, in English: what was met, what was expected, what to do.
 * The other language's table (ui/i18n) is typed by this one, so that no sentence can be forgotten.
 */
export const errorTexts = {
  'idx.header':
    '{{file}} has only {{actual}} bytes, less than the {{expected}} of an IDX header. Download it again.',
  'idx.truncated':
    '{{file}} ends early: its header promises {{expected}} bytes of data, but {{actual}} are there. Download it again.',
  'idx.trailing':
    '{{file}} is longer than its header says: {{expected}} bytes of data were expected, {{actual}} are there.',
  'idx.magic':
    '{{file}} is not an IDX file: it begins with 0x{{magic}} where 0x0000080{{rank}} was expected.',
  'idx.tooLarge':
    '{{file}} declares {{count}} items of {{height}}x{{width}} pixels, more than this page can hold.',
  'idx.countMismatch':
    '{{imagesFile}} has {{images}} images but {{labelsFile}} has {{labels}} labels. They must belong together.',
  'idx.label':
    '{{file}} has the label {{label}} at item {{index}}; labels must lie between 0 and {{max}}.',
  'gzip.corrupt': '{{file}} cannot be inflated: it is not a complete gzip file. Download it again.',
  'gzip.tooLarge': '{{file}} inflates to more than {{limit}} bytes and was refused.',
  'dataset.files':
    'An IDX data set needs two files, or four: images and labels for training, and if there are any, for testing. Received: {{files}}.',
  'dataset.ambiguous':
    'Which of {{files}} are for training and which for testing cannot be told. Put "train" and "test" into their names.',
  'dataset.sides':
    '{{file}} has images of {{height}}x{{width}} pixels; sides from {{min}} to {{max}} are accepted. Resize the images first.',
  'dataset.shapes':
    '{{trainFile}} has images of {{trainShape}} pixels but {{testFile}} has images of {{testShape}}. They must have one size.',
  'dataset.tooFew':
    '{{file}} holds {{count}} images; at least {{min}} are needed, to train on some and to validate with others.',
  'dataset.unreachable':
    '{{url}} cannot be loaded ({{status}}). Run "npm start" again to prepare MNIST.',
  'dataset.mismatch':
    'The model was made for {{modelInput}} images of {{modelClasses}} classes, the data set has {{dataInput}} images of {{dataClasses}} classes. Load the data set it was trained on, or train a new model.',
  'dataset.noTest':
    'This data set has no test images, so there is nothing to evaluate. Import its test files too.',
  'dataset.missing': 'There is no data set yet. Load MNIST or import one first.',
  'weights.unknownFormat':
    '{{file}} is neither a safetensors file nor a zip with model.json and weights.bin. Export weights from this page, or choose another file.',
  'weights.notSafetensors':
    '{{file}} is not a safetensors file: {{problem}}. Choose a file that was saved as safetensors.',
  'weights.header': 'The header of {{file}} is not valid: {{problem}}.',
  'weights.tooLarge':
    '{{file}} asks for {{bytes}} bytes, more than the {{limit}} that this page accepts.',
  'weights.zip': '{{file}} is not a readable zip file: {{problem}}.',
  'weights.zipEntry': '{{file}} has no entry {{entry}}. It must hold model.json and weights.bin.',
  'weights.metadata':
    '{{file}} does not say which network it belongs to ({{problem}}). Only files exported by this page can be imported.',
  'weights.missingTensor':
    '{{file}} has no tensor {{tensor}}, which the network {{network}} needs.',
  'weights.extraTensor':
    '{{file}} has a tensor {{tensor}} that the network {{network}} does not know.',
  'weights.shape':
    'The tensor {{tensor}} in {{file}} has shape {{actual}}; the network {{network}} needs {{expected}}.',
  'weights.dtype':
    'The tensor {{tensor}} in {{file}} has type {{actual}}; only F32 can be imported.',
  'weights.notFinite':
    'The tensor {{tensor}} in {{file}} has the value {{value}} at position {{index}}. A network with such a weight cannot predict.',
  'picture.unreadable':
    '{{file}} is not a picture that this browser can read. Use a PNG or JPEG file.',
  'picture.tooLarge':
    '{{file}} has {{width}}x{{height}} pixels; pictures up to 4096x4096 are accepted.',
  'picture.blank': '{{file}} holds nothing to read: every pixel has the same brightness.',
  'engine.unavailable':
    'The engine {{engine}} cannot start on this machine: {{problem}}. Choose another engine.',
  'engine.lost':
    'The GPU device was lost ({{reason}}). The training worker starts again from the last checkpoint.',
  'engine.outOfMemory':
    'The GPU has no memory left. Choose a smaller batch or width, or close other pages that use the GPU.',
  'engine.bufferTooLarge':
    'This GPU allows buffers of {{limitMB}} MB, and {{buffer}} needs {{neededMB}} MB. Choose a smaller width or batch, or another engine.',
  'engine.heapTooSmall':
    'This run needs {{neededMB}} MB, and WebAssembly can address {{limitMB}} MB. The largest batch that fits is {{batch}}, the largest width {{width}} (0: none). Choose one of them, or another engine.',
  'engine.noHeap':
    'The browser did not give the {{neededMB}} MB that this run needs. Choose a smaller width or batch, or close other pages.',
  'engine.gpuError': 'The GPU reported an error: {{problem}}. Choose another engine.',
  'engine.notTrainable':
    'A {{network}} network needs a buffer of {{bytes}} bytes, but this adapter allows {{limit}}. Choose width {{width}} or less.',
  'training.notFinite':
    'The loss became {{loss}} at step {{step}}, so training stopped. The checkpoint of step {{checkpoint}} is kept. Lower the learning rate and train again.',
  'training.lossSpike':
    'The loss rose to {{loss}} at step {{step}}, where {{median}} was usual, so training paused. Resume goes on as it is; with a lower learning rate a new run may stay calm.',
  'training.weightsNotFinite':
    'The tensor {{tensor}} is no longer finite after step {{step}}, so no checkpoint was written over the good one.',
  'model.missing': 'There is no trained model yet. Train one or import weights first.',
  'session.busy': '{{command}} is not possible while the session is {{phase}}.',
  'evaluation.cancelled': 'The evaluation was cancelled.',
  'storage.quota':
    'The browser has no room for this checkpoint ({{neededMB}} MB). The one before is kept and training goes on, but what is learned from now on is not kept. Delete runs or export them, under Runs.',
  'storage.low':
    'The checkpoints of this run need up to {{neededMB}} MB, and the browser has {{freeMB}} MB left for this page. Delete runs, or choose a smaller width.',
  'storage.interrupted':
    'The checkpoint of step {{step}} could not be completed ({{problem}}). The one before is kept, and training goes on.',
  'storage.inUse':
    'Another tab of this page is training or importing. One tab at a time writes runs: wait until it has finished, or pause or close it.',
  'storage.outdated':
    'Another tab runs a newer version of this page, so this one stores nothing any more. Export what you need, then reload it.',
  'storage.blocked':
    'Another tab with an older version of this page holds its storage, so nothing is kept here. Close that tab; this one then goes on by itself.',
  'storage.deleted':
    'What this page had stored was deleted while it was open. Its storage is open again, and the run in memory is saved anew at its next checkpoint.',
  'storage.corrupt':
    'The checkpoint of step {{step}} of run {{run}} is damaged and was not loaded ({{problem}}).',
  'storage.unavailable':
    'This browser does not let the page store data ({{problem}}). Training works, but nothing is kept. Leave private browsing to keep runs.',
  'run.missing': 'Run {{run}} is no longer stored.',
  'run.trainedElsewhere':
    'Run {{run}} was trained further in another tab, so what this tab has of it was not stored. Open it again under Runs.',
  'runs.tooLarge':
    'All runs together are larger than the {{limitMB}} MB that a zip file holds. Delete some, or open them one by one and export their weights.',
  'recipe.badValue': 'The recipe cannot have {{name}} = {{value}}: {{expected}} was expected.',
  'url.badValue':
    'The address asks for {{name}}={{value}}. {{expected}} was expected, so {{used}} is used.',
  'worker.failed':
    'The training worker stopped: {{problem}}. Another one takes its place, from the last checkpoint; if it does not, reload the page.',
  'worker.silent':
    'The training worker did not answer for {{seconds}} seconds. Another one takes its place, from the last checkpoint.',
  'worker.restarted': 'The training worker was restarted before this was done. Try again.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorTexts;
