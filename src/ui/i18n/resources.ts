import type { Resource } from 'i18next';
import { errorTexts } from '../../util/errorTexts.ts';
import { phraseTexts } from '../../util/phraseTexts.ts';
import { boundaryTexts } from '../components/boundaryTexts.ts';
import { vocabularyTexts } from '../components/vocabularyTexts.ts';
import { footerTexts } from '../footer/texts.ts';
import { insideTexts } from '../inside/texts.ts';
import { noticesTexts } from '../notices/texts.ts';
import { architectureTexts } from '../panels/architecture/texts.ts';
import { datasetTexts } from '../panels/dataset/texts.ts';
import { personalTexts } from '../panels/draw/personal/texts.ts';
import { drawTexts } from '../panels/draw/texts.ts';
import { evaluationTexts } from '../panels/evaluation/texts.ts';
import { headerTexts } from '../panels/header/texts.ts';
import { recipeTexts } from '../panels/recipe/texts.ts';
import { ablationTexts } from '../panels/runs/ablation/texts.ts';
import { compareTexts } from '../panels/runs/compare/texts.ts';
import { runsTexts } from '../panels/runs/texts.ts';
import { trainingTexts } from '../panels/training/texts.ts';
import { weightsTexts } from '../panels/weights/texts.ts';
import { errorsZhHant } from './errorsZhHant.ts';
import { phrasesZhHant } from './phrasesZhHant.ts';

/** Every text of the page under its namespace, which is the name of its panel. */
export const textsByNamespace = {
  header: headerTexts,
  inside: insideTexts,
  dataset: datasetTexts,
  architecture: architectureTexts,
  recipe: recipeTexts,
  training: trainingTexts,
  evaluation: evaluationTexts,
  draw: drawTexts,
  personal: personalTexts,
  weights: weightsTexts,
  runs: runsTexts,
  compare: compareTexts,
  ablation: ablationTexts,
  notices: noticesTexts,
  footer: footerTexts,
  vocabulary: vocabularyTexts,
  boundary: boundaryTexts,
  errors: { en: errorTexts, 'zh-Hant': errorsZhHant },
  phrases: { en: phraseTexts, 'zh-Hant': phrasesZhHant },
} as const;

export const resources: Resource = {
  en: inLanguage('en'),
  'zh-Hant': inLanguage('zh-Hant'),
};

function inLanguage(language: 'en' | 'zh-Hant') {
  return Object.fromEntries(
    Object.entries(textsByNamespace).map(([namespace, texts]) => [namespace, texts[language]]),
  );
}
