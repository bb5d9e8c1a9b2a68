/** What is said of each assumption (domain/data/datasetAssumption.ts), in English. */
export const assumptionTexts = {
  'assumed.resampled': '{{file}} has images of {{from}} pixels; all were resampled to {{to}}.',
  'assumed.picturesResampled':
    '{{count}} pictures were resampled to {{to}} pixels; the first of them, {{file}}, has {{from}}.',
  'assumed.stretched':
    'The pixels of {{file}} lie in {{from}}; those of the whole set were stretched to {{to}}, black to white, as drawings and pictures have them.',
  'assumed.inkOnTransparent':
    '{{count}} pictures are light ink on transparent ground and lie on black, so that the ink is seen; the first is {{file}}.',
  'assumed.imagesLast':
    'The array {{file}} has the shape {{shape}}: its images were taken along the last axis, as MATLAB keeps them.',
  'assumed.labelsLast':
    'The labels {{file}} have the shape {{shape}}: each column was taken as the label of an image, as MATLAB keeps them.',
  'assumed.labelsSquare':
    'The labels {{file}} have the shape {{shape}}, as many rows as columns: each row was taken as the label of an image.',
  'assumed.darkOnLight':
    'The images of {{file}} are dark ink on light paper and are trained on as they are. A model keeps this with it: whatever it reads is made dark on light too.',
  'assumed.turned':
    '{{file}} belongs to EMNIST, whose images lie on their side; they were turned upright.',
  'assumed.turnedByChoice': 'The images of {{file}} were turned, rows to columns, as you decided.',
  'assumed.notTurnedByChoice': 'The images of {{file}} stand as they are stored, as you decided.',
  'assumed.validationLeftOut':
    '{{file}} was left out: validation images are taken from those for training.',
  'assumed.validationJoined':
    '{{count}} images for validation are learned from too, {{file}} among them: validation images are taken from all that are not for testing.',
  'assumed.rolesBySize':
    'No name says what is for training: {{train}}, the larger one, is, and {{test}} is for testing.',
  'assumed.rolesByColumn':
    'The column "{{column}}" of {{file}} says what images are for: {{train}} are learned from and {{test}} are for testing.',
  'assumed.rowsUnlabelled':
    '{{count}} rows of {{file}} that are for testing have no label, so their images are to be predicted.',
  'assumed.rolesSwapped': '{{file}} changed between training and testing, as you decided.',
  'assumed.onlyForTest': '{{file}} is called a test set: it is to be evaluated, not learned from.',
  'assumed.folderIsClass':
    'The folder {{folder}} stands beside {{beside}} and is read as a class too. If its pictures are for something else, put the classes into a folder "train" beside it and import them again.',
  'assumed.folderHidden':
    '{{count}} files in the folder {{folder}} were passed over: it is no class.',
  'assumed.folderUnlabelled':
    'The {{count}} pictures in the folder {{folder}} are read as pictures without a class, to be predicted.',
  'assumed.picturesUnlabelled':
    'No two folders or names of the {{count}} pictures, {{file}} among them, say a class, so they are to be predicted. To train on them, put each class into a folder of its own and import these together.',
  'assumed.copiesPassedOver':
    '{{count}} files are there twice and were read once; {{file}} is the same as {{other}}.',
  'assumed.otherFormPassedOver':
    '{{count}} files that hold a set in another form were passed over: {{other}} was read, {{file}} was not.',
  'assumed.filesJoined':
    '{{count}} files that are called alike but for a number are parts of one and were joined in their order; {{file}} is one of them.',
  'assumed.filePassedOver': '{{file}} was passed over: it belongs to no data set.',
  'assumed.columnsIgnored': 'Of {{file}} these columns were not read: {{columns}}.',
  'assumed.labelFirst': 'In {{file}} the label stands in the first column ({{column}}).',
  'assumed.labelLast':
    'In {{file}} the label stands in the last column ({{column}}), as its values show.',
  'assumed.labelUnclear':
    'In {{file}} the label may stand in column {{column}} or in column {{other}}; column {{column}} was taken. Look at the images, and choose the other one if they look shifted.',
  'assumed.labelByChoice': 'In {{file}} column {{column}} holds the labels, as you decided.',
  'assumed.noLabelByChoice': 'No column of {{file}} holds labels, as you decided.',
  'assumed.labelsByOrder': 'The labels of {{file}} come from {{labels}}, in the same order.',
  'assumed.labelsByName':
    'The labels of {{file}} come from {{labels}}, by the names in its column "{{column}}".',
  'assumed.classPerFile':
    'Each of {{count}} files holds the images of one class, whose name is that of the file; {{file}} is the class {{name}}.',
  'assumed.labelsFrom': 'The labels of {{file}} begin at {{lowest}}; the classes are named so.',
  'assumed.namesFromFile': 'The names of the classes come from {{file}}.',
  'assumed.namesKnown': 'The names of the classes are those of {{set}}.',
  'assumed.codePage':
    'Names in {{file}} are not in UTF-8 and were read as {{codePage}}: "{{example}}". If they look wrong, choose another code page.',
  'assumed.codePageByChoice':
    'Names in {{file}} were read as {{codePage}}, as you decided: "{{example}}".',
  'assumed.ids':
    'The images of {{file}} are called as its column "{{column}}" says ({{first}} …); predictions carry these names.',
  'assumed.oneClass':
    'All training images of {{file}} have one label, {{name}}: there is nothing to tell apart. If another column holds the labels, choose it.',
  'assumed.imagesAlike':
    'All training images of {{file}} are alike: a network can learn nothing from them. See whether the file is the right one.',
  'assumed.imagesFlat':
    'Every training image of {{file}} has one brightness alone, with nothing drawn on it. See whether the file is the right one.',
} as const satisfies Record<string, string>;
