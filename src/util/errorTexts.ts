import { assumptionTexts } from './assumptionTexts.ts';

/**
 * Every refusal that a user can meet, in English: what was met, what was expected, what to do.
 * The other language's table (ui/i18n) is typed by this one, so that no sentence can be forgotten.
 */
export const errorTexts = {
  ...assumptionTexts,
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
  'dataset.tar':
    '{{file}} is not a readable tar archive: {{problem}}. Download it again, or pack its files as zip.',
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
  'images.turned':
    'In {{dataset}} ink and paper are the other way round than in the images that {{run}} was trained on, so each image was turned before it was read: dark for light. Nothing else was changed.',
  'images.prepared':
    'The images of {{dataset}} are not as those that {{run}} was trained on: their size, their border or their ink differs. So each was prepared as a drawing is before it was read. Check a few results; where they are wrong, train on images like these.',
  'dataset.noTest':
    'This data set has no test images, so there is nothing to evaluate. Import its test files too.',
  'dataset.noValidation':
    '{{dataset}} holds no images back for validation, so there is nothing to measure on. Give it some under Dataset, or import labelled images.',
  'dataset.noTrainingSplit':
    '{{dataset}} has no labelled images to train on, so there are none to measure on. Import its training files too.',
  'dataset.notOfRun':
    'Run {{run}} was trained on {{dataset}}, which is no longer here. Import it again, or train a new run on the data set in use.',
  'dataset.missing': 'There is no data set yet. Load MNIST or import one first.',
  'dataset.noFiles':
    'None of the chosen files belongs to a data set. Choose IDX, CSV, NumPy or CIFAR files, or pictures.',
  'dataset.unreadable':
    'The browser could not read {{file}}. If it was changed or moved after it was chosen, choose it again.',
  'dataset.unknownFile':
    '{{file}} is none of the files that a data set is made of: IDX, CSV, NumPy (.npy, .npz), CIFAR binary, PNG, JPEG, WebP, GIF, BMP or AVIF pictures, or a zip or tar file of these. Leave it out if others hold the images; else save them as PNG in a folder for each class, or as CSV with a row for each image.',
  'dataset.mixture':
    '{{file}} and {{other}} are files of different kinds. Choose the files of one data set alone.',
  'dataset.tooLarge':
    '{{file}} would take {{bytes}} bytes, more than the {{limit}} that this page holds. Choose a part of the data set.',
  'dataset.tooLargeTogether':
    'With {{file}} the set would take {{bytes}} bytes, more than the {{limit}} that this page holds. Choose a part of the data set.',
  'dataset.addressSecret':
    '{{address}} has a user name or a password in it, which browsers do not send. Leave it out, or download the file and drop it here.',
  'dataset.budget':
    '{{file}} and what was chosen with it cannot be taken: {{problem}}. Unpack it and choose a part of it.',
  'dataset.classes':
    '{{file}} has {{classes}} classes; {{min}} to {{max}} are accepted. Leave out or merge some.',
  'dataset.cancelled': 'The reading of the data set was cancelled.',
  'dataset.noTraining':
    '{{dataset}} has no training images, so nothing can be learnt from it. Predict it under Dataset with a trained model, or import labelled images.',
  'dataset.nothingToPredict':
    'There is nothing to predict: the data set has neither images without labels nor test images. Import a file of images without labels.',
  'dataset.nameCount': 'There are {{given}} names for {{classes}} classes. Leave some out.',
  'dataset.nameLong':
    'The class name "{{name}}" has {{length}} characters; at most {{most}} are accepted. Shorten it.',
  'dataset.nameTwice': 'Two classes would be called {{name}}. Give each a name of its own.',
  'dataset.split':
    '{{dataset}} can give at most {{most}} of its labelled images to validation, not {{given}}: the others are for training.',
  'dataset.division':
    '{{given}} images to train on leave none of {{dataset}} to validate with: at most {{most}}.',
  'ablation.dataset':
    'This ablation is of the data set {{kept}}; {{now}} here has other images, so the rows would not compare. Open the one before again, or clear the rows.',
  'ablation.division':
    'A run of this ablation trained on {{now}} images and not on {{kept}}, so the rows would not compare. Delete that run, or clear the rows.',
  'ablation.engine':
    'This ablation runs on the engine {{kept}}, not on {{now}}: the rows would not compare. Choose {{kept}} again, or clear the rows.',
  'ablation.replaced':
    'Another ablation has begun since, so the rows of the one before cannot be brought back. Its runs are still under Runs.',
  'ablation.unreadable':
    'The table of an ablation from an earlier version was taken away: it does not say of which images and on which engine its rows are. Its runs are still under Runs.',
  'dataset.address':
    '{{address}} is not an address that can be fetched. It must begin with https:// and lead to a file; give the files of one data set one a line, at most {{most}}.',
  'dataset.notAtHand':
    'The files of this data set are not at hand any more. Import them again, and decide then.',
  'dataset.offline':
    'This machine is offline, so {{url}} cannot be fetched. Go online and try again, or drop the downloaded file here.',
  'dataset.notFetched':
    '{{url}} could not be fetched ({{problem}}). It may be out of reach, or not allow other pages to read it. Download it and drop it here.',
  'files.none':
    'There is no file in that: it is a text, a link, an empty folder or nothing at all. Choose a file, or drop or paste the file itself.',
  'files.several':
    '{{count}} files came at once ({{files}}), and this place takes one. Choose or drop the one that you mean.',
  'files.severalWeights':
    '{{count}} files came at once ({{files}}), and weights are one file: .safetensors, .onnx, a zip, or model.json with its weights.bin. Choose the one that you mean.',
  'files.folder':
    '{{folder}} is a folder, and this place takes one file. Open the folder and take the file that you mean.',
  'files.tooMany':
    '{{folder}} holds more files than the {{most}} that this page takes at once. Choose a folder within it, or zip it.',
  'files.nowhere':
    'Nothing on this page takes {{files}}. Drop images of a data set on Dataset, a picture on Draw, and weights (.safetensors, .zip) on Weights.',
  'files.foreign': '{{file}} is {{what}}, and cannot be read here: {{step}}.',
  'predictions.cancelled': 'The predictions were cancelled.',
  'csv.columns':
    '{{file}} has {{columns}} columns in its first line. The pixels of a square image were expected, in a grey or three channels, with a label or without: 784 or 785 columns for 28x28.',
  'csv.noPixels':
    '{{file}} is a table of {{columns}} columns, and its first line is "{{line}}". That is no table of pixels, which has a row for each image and a column for each pixel: 784 or 785 columns for 28x28. Choose the file with the pixels.',
  'csv.ragged':
    '{{file}} has {{columns}} columns in row {{row}}, where {{expected}} were expected. Repair the row, or delete it.',
  'csv.value':
    '{{file}} has "{{value}}" in row {{row}}, column {{column}}, where a number from 0 to 255, or from 0 to 1, was expected.',
  'csv.label':
    '{{file}} has the label "{{value}}" in row {{row}}, column {{column}}; labels must be whole numbers from 0 to {{max}}, or words.',
  'csv.oneHot':
    'Row {{row}} of {{file}} has {{ones}} ones in the columns of its classes, which begin at column {{column}}; it needs exactly one, in the column of its class.',
  'csv.manyWords':
    '{{file}} has more than {{max}} different labels; "{{value}}" in row {{row}}, column {{column}}, is one more. If that column holds something else, take it out; else leave out or merge classes.',
  'csv.empty': '{{file}} has no row of pixels. Choose a file with at least one image.',
  'npy.header':
    'The header of {{file}} is not one that NumPy writes. Save the array again with numpy.save or numpy.savez.',
  'npy.dtype':
    '{{file}} holds values of type {{dtype}}. Numbers can be read, and words as labels: convert it with astype, such as astype("uint8").',
  'npy.objects':
    '{{file}} holds Python objects, which NumPy stores as a program (pickle) that is never run here. Save images as numpy.array(images, dtype="uint8") and labels as numpy.array(labels, dtype="uint8") or dtype=str.',
  'npy.shape':
    '{{file}} has the shape {{shape}}. Images of n x height x width, with 1 or 3 channels at the end if there are any, or n labels were expected.',
  'npy.length':
    '{{file}} does not have the length that its header says: {{expected}} bytes of data were expected, {{actual}} are there. Save it again.',
  'npy.value':
    '{{file}} has the value {{value}} at position {{index}}; pixels must lie between 0 and 255, 0 and 1, or -1 and 1. Undo what else they were scaled by.',
  'npy.oneHot':
    '{{file}} has {{width}} numbers for each image, but those of item {{index}} are not a single 1 among zeros. Save the classes as whole numbers instead: numpy.argmax(labels, axis=1).',
  'pixels.range':
    '{{file}} has fractions up to {{highest}}: neither 0 to 1 nor 0 to 255, so how bright they are cannot be told. Scale them to 0 to 255 before saving.',
  'npy.arrays':
    'These arrays do not make a data set: {{files}}. Images and labels for training, and if there are any for testing, were expected.',
  'cifar.length':
    '{{file}} does not end with a whole record of {{recordBytes}} bytes: {{extra}} bytes are left over. Download it again.',
  'pictures.noClass':
    '{{file}} has no class, but other pictures have one. Put it into a folder that is named like its class, or put the class before its name, as in cat_1.png.',
  'pictures.newClass':
    '{{file}} belongs to the class {{class}}, of which there is no picture for training. Add some, or leave it out.',
  'weights.unknownFormat':
    '{{file}} is neither a safetensors or ONNX file nor a zip with model.json and its weights. Export weights from this page, or choose another file.',
  'weights.notSafetensors':
    '{{file}} is not a safetensors file: {{problem}}. Choose a file that was saved as safetensors.',
  'weights.header': 'The header of {{file}} is not valid: {{problem}}.',
  'weights.tooLarge':
    '{{file}} asks for {{bytes}} bytes, more than the {{limit}} that this page accepts.',
  'weights.zip': '{{file}} is not a readable zip file: {{problem}}.',
  'weights.zipEntry':
    '{{file}} has no entry {{entry}}. It must hold model.json and the weights that it names.',
  'weights.metadata':
    '{{file}} does not say which network it belongs to ({{problem}}). Only files exported by this page can be imported.',
  'weights.missingTensor':
    '{{file}} has no tensor {{tensor}}, which the network {{network}} needs.',
  'weights.extraTensor':
    '{{file}} has a tensor {{tensor}} that the network {{network}} does not know.',
  'weights.shape':
    'The tensor {{tensor}} in {{file}} has shape {{actual}}; the network {{network}} needs {{expected}}.',
  'weights.dtype':
    'The tensor {{tensor}} in {{file}} has type {{actual}}; floating ones (F16, BF16, F32, F64) can be imported. Export the weights without quantising them.',
  'weights.notFinite':
    'The tensor {{tensor}} in {{file}} has the value {{value}} at position {{index}}. A network with such a weight cannot predict.',
  'weights.negativeVariance':
    'The tensor {{tensor}} in {{file}} has the value {{value}} at position {{index}}, and a variance is never negative. Export the weights again where they were trained.',
  'export.averagePadding':
    'The layer {{layer}} takes means of windows that reach further over one side of the image than over the other, and PyTorch has no layer for that. Export as ONNX.',
  'export.embed':
    'The part of this site that goes into pages of your own did not arrive ({{status}}). Reload the page, and export again.',
  'pytorch.stateDict':
    'Which network {{file}} belongs to cannot be told: {{problem}}. Export the model as ONNX, which carries the network too.',
  'weights.samples':
    '{{file}} says what its network makes of ten images, and the network that was read makes something else of image {{image}}: a difference of {{difference}}, where {{most}} is allowed. The file was changed, or is damaged. Export it again.',
  'onnx.unreadable':
    '{{file}} cannot be read as ONNX: {{problem}}. Export it again as one file with its weights in it, or choose another file.',
  'onnx.operator':
    '{{file}} has the operator {{operator}} at the node {{node}}, which this page does not run. It runs chains of {{known}}. Export the network without it.',
  'onnx.node':
    'The node {{node}} ({{operator}}) of {{file}} does not fit: {{problem}}. Change the network where it was made, and export it again.',
  'layers.unreadable':
    '{{file}} cannot be read as a layers model of TensorFlow.js: {{problem}}. Save it again with model.save(), or export the network as ONNX.',
  'layers.kind':
    '{{file}} has the layer {{layer}} of the kind {{kind}}, which this page does not run. It runs chains of {{known}}. Export the network without it.',
  'layers.layer':
    'The layer {{layer}} ({{kind}}) of {{file}} does not fit: {{problem}}. Change the network where it was made, and export it again.',
  'picture.unreadable':
    '{{file}} is not a picture that this browser can read. Use a PNG or JPEG file.',
  'picture.tooLarge':
    '{{file}} has {{width}}x{{height}} pixels; pictures of up to {{megapixels}} megapixels are accepted, and sides of up to {{side}}. Save it smaller.',
  'picture.blank':
    '{{file}} holds nothing to read: nothing on it stands out from the paper as writing does.',
  'drawings.file':
    '{{file}} is not a file of drawings that this page can read: {{problem}}. Choose one that was exported here.',
  'drawings.tooMany':
    'There would be {{count}} drawings, more than the {{limit}} that are kept. Delete some first.',
  'drawings.room':
    'The drawings would have {{pixels}} pixels together, more than the {{most}} that are kept. Delete some first.',
  'drawings.tooLarge':
    '{{file}} has {{width}}x{{height}} pixels; pictures up to {{side}}x{{side}} are kept. Choose a smaller one.',
  'drawings.gone':
    'Run {{run}} learns from drawings, {{missing}} of which have been deleted. Import them again, or fine-tune anew.',
  'deletion.final':
    'What was deleted has been removed for good meanwhile, so it cannot be brought back.',
  'drawings.none':
    'There is no drawing of a class that this model knows. Draw something and say what it is first.',
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
  'engine.threadFailed':
    'One of the {{threads}} threads cannot work: {{problem}}. Choose fewer threads, or another engine.',
  'engine.notTrainable':
    'The layer {{layer}} needs a buffer of {{neededMB}} MB, and this GPU allows {{limitMB}} MB. The largest width that fits is {{width}}, the largest batch {{batch}} (0: none). Choose one of them, or another engine.',
  'training.notFinite':
    'The loss became {{loss}} at step {{step}}, so training stopped. The checkpoint of step {{checkpoint}} is kept. Lower the learning rate and train again.',
  'training.lossSpike':
    'The loss rose to {{loss}} at step {{step}}, where {{median}} was usual, so training paused. Resume goes on as it is; with a lower learning rate a new run may stay calm.',
  'training.wentOff':
    'The loss rose to {{loss}} at step {{step}}, where {{median}} was usual, so training stopped. The checkpoint of step {{checkpoint}} is kept. Lower the learning rate and train again.',
  'training.endedEarly':
    'Training ended at step {{step}}: in {{validations}} validations the loss did not fall below that of step {{best}}. Resume goes on nevertheless.',
  'training.weightsNotFinite':
    'The tensor {{tensor}} is no longer finite after step {{step}}, so no checkpoint was written over the good one.',
  'model.missing': 'There is no trained model yet. Train one or import weights first.',
  'model.replaced':
    'Another model took the place of the one that was to read this, so it was not read. Ask again.',
  'session.busy': '{{command}} is not possible while the session is {{phase}}.',
  'evaluation.cancelled': 'The evaluation was cancelled.',
  'ensemble.unlike': '{{first}} and {{second}} cannot read together: {{problem}}.',
  'inside.overtaken':
    'This look inside was given up, as a newer one or another model took its place.',
  'inside.cancelled': 'The look inside was cancelled.',
  'inside.noClass': 'The network has no class of number {{label}}. Choose one from 0 to {{last}}.',
  'inside.noConvolution':
    'Grad-CAM asks the maps of a convolution, and the network has none. Ask in another way.',
  'inside.noLayer':
    'The network has no layer {{layer}} to be looked into. Name one of these: {{layers}}.',
  'inside.pictureBytes':
    'A picture of {{actual}} bytes was given; the network takes {{expected}} ({{shape}}). Prepare it first, or give its width and height.',
  'storage.quota':
    'The browser has no room for this checkpoint ({{neededMB}} MB). The one before is kept and training goes on, but what is learned from now on is not kept. Delete runs or export them, under Runs.',
  'storage.datasetQuota':
    'The browser has no room to keep the data set {{dataset}}, which needs {{neededMB}} MB. It can be used until the page is closed. Delete runs or data sets to make room.',
  'storage.datasetCorrupt':
    'The kept data set {{dataset}} is damaged. Delete it and import its files again.',
  'storage.full':
    'The browser has no room left for this page, so the change was not kept. Delete runs or data sets, or export them first.',
  'storage.updateQuota':
    'The browser has no room to bring what this page has stored into the form of this version. Nothing was lost: all of it lies there as it was, but cannot be opened, and nothing new is kept. Free space on the disk or delete what other sites have stored, then reload the page.',
  'storage.failed':
    'The browser could not complete a change to what this page stores ({{problem}}). Try again; if that fails too, reload the page.',
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
  'start.passedOverRun':
    'The page ended last time while it opened run {{name}}, so it was not opened now. Everything else is here; it can be opened all the same.',
  'start.passedOverSet':
    'The page ended last time while it opened the data set {{name}}, so it was not opened now. Everything else is here; it can be opened all the same.',
  'start.largeSet':
    'The data set {{name}} takes {{megabytes}} MB, much for a machine of {{memory}} GB, so it was not opened by itself. It can be opened all the same.',
  'dataset.notKept':
    'The data set {{dataset}} takes {{megabytes}} MB, much for a machine of {{memory}} GB: it is used until the page is closed, and not kept for the next visit. Choose a part of it to keep it.',
  'storage.slow':
    'The browser has not opened the storage of this page within {{seconds}} s, so nothing is kept until it does. Training works; if it stays so, close other tabs of this page, or restart the browser.',
  'storage.deleted':
    'What this page had stored was deleted while it was open. Its storage is open again, and the run in memory is saved anew at its next checkpoint.',
  'storage.corrupt':
    'The checkpoint of step {{step}} of run {{run}} is damaged and was not loaded ({{problem}}).',
  'storage.curvesUnreadable':
    '{{count}} of {{total}} parts of the curves of run {{run}} cannot be read ({{problem}}): they stay as they lie there. The weights are whole, and the other parts are shown.',
  'storage.leftUnread':
    '{{count}} of what is kept here cannot be read by this version of the page and was left as it is ({{name}}). Runs lists it under "Cannot be read", to be exported or deleted; reload where a newer version wrote it.',
  'storage.unreadable':
    'The stored {{kind}} {{name}} cannot be read ({{problem}}): another version of this page may have written it. It stays as it is; under Runs it can be exported as it lies there, or deleted.',
  'storage.unavailable':
    'This browser does not let the page store data ({{problem}}). Training works, but nothing is kept. Leave private browsing to keep runs.',
  'run.noBest':
    'Run {{run}} has no weights beside those of its last step. Train with "keep the best weights" on.',
  'run.missing': 'Run {{run}} is no longer stored.',
  'run.trainedElsewhere':
    'Run {{run}} was trained further in another tab, so what this tab has of it was not stored. Open it again under Runs.',
  'runs.tooLarge':
    'All runs together are larger than the {{limitMB}} MB that a zip file holds. Delete some, or open them one by one and export their weights.',
  'recipe.badValue': 'The recipe cannot have {{name}} = {{value}}: {{expected}} was expected.',
  'url.badValue':
    'The address asks for {{name}}={{value}}. {{expected}} was expected, so {{used}} is used.',
  'chart.picture':
    'This browser could not make the picture {{file}} ({{problem}}). Try again, or take a screenshot; the CSV file has the numbers.',
  'page.effect':
    'The browser did not let this page {{effect}} ({{problem}}). Everything else goes on as before.',
  'wait.tooLong':
    'Waited {{seconds}} s for {{waitedFor}}, without an answer. Try again, and if that does not help, reload the page.',
  'worker.failed':
    'The training worker stopped: {{problem}}. Another one takes its place, from the last checkpoint; if it does not, reload the page.',
  'worker.silent':
    'The training worker did not answer for {{seconds}} seconds. Another one takes its place, from the last checkpoint.',
  'worker.restarted': 'The training worker was restarted before this was done. Try again.',
  'message.invalid':
    'The training worker refused {{call}}: {{path}} is {{value}}, and {{expected}} was expected. Nothing was changed. Correct the call; if the page made it, reload the page.',
  'message.unknown':
    'The training worker refused a message that is no call of its: {{path}} is {{value}}, and {{expected}} was expected. Nothing was changed. Reload the page.',
  'message.ignored':
    'The training worker sent a message that this page does not know ({{problem}}), and it was ignored. If something is missing on the page, reload it.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorTexts;
