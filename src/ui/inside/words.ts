import i18next from 'i18next';
import { figureTexts } from './figureTexts.ts';
import { layerTexts } from './layer/layerTexts.ts';
import { whyTexts } from './why/whyTexts.ts';

/** The sentences that come with the picture, since the page opens without them. */
export const lateTexts = { figure: figureTexts, layer: layerTexts, why: whyTexts } as const;

/** Adds them to those of the page, unless they are there. */
export function addWords(): void {
  for (const [namespace, texts] of Object.entries(lateTexts)) {
    for (const language of ['en', 'zh-Hant'] as const) {
      if (i18next.hasResourceBundle(language, namespace)) continue;
      i18next.addResourceBundle(language, namespace, texts[language]);
    }
  }
}
