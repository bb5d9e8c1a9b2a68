import type { Architecture } from '../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../domain/architecture/shapes.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import { className } from './moduleText.ts';

/** What whoever finds the model has to know: what it was made of, how well it does, and where that ends. */
export function modelCard(architecture: Architecture, model: PortableModel): string {
  const { recipe, provenance, classNames, scaling } = model;
  const { parameters } = describeNetwork(architecture);
  const { input } = architecture;
  const accuracy = provenance.validationAccuracy;
  const figures =
    accuracy === undefined
      ? 'No accuracy was measured before the export.'
      : `Validation accuracy of this one run: ${(100 * accuracy).toFixed(2)} %. A single seed says nothing of the spread between seeds.`;
  const words = (text: string) => text.replaceAll(/[\r\n|]+/g, ' ').trim();
  return `---
library_name: pytorch
pipeline_tag: image-classification
tags:
- image-classification
- alexnet-workbench
---

# ${words(provenance.runName)}

${className(architecture.id)}, ${parameters.toLocaleString('en')} parameters, trained with ${words(provenance.application)} ${words(provenance.version)}.

\`\`\`python
from model import load

logits = load()(images)        # bytes, [N, ${input.height}, ${input.width}, ${input.channels}]
\`\`\`

## Data

${words(provenance.datasetName) || 'Unknown'}${provenance.trainingImages === undefined ? '' : `, ${provenance.trainingImages} images to train on`}.
Images of ${input.height}x${input.width} pixels and ${input.channels} channel${input.channels > 1 ? 's' : ''}, scaled as (byte - ${scaling.offset}) * ${scaling.factor}, which model.py does.
Classes: ${classNames.map(words).join(', ')}.

## Recipe

| | |
|---|---|
${Object.entries(recipe)
  .map(([key, value]) => `| ${key} | ${String(value)} |`)
  .join('\n')}

Trained for ${provenance.step} steps.

## Figures

${figures}

## Limits

It knows its classes alone and names one of them whatever it is shown. Pictures that were prepared otherwise than its
data are read worse.
`;
}
