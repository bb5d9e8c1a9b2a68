import { defineTexts } from '../i18n/texts.ts';

/** What is said before the picture itself has come; the rest comes with it (`words.ts`). */
export const insideTexts = defineTexts({
  en: { title: 'Inside', loading: 'The picture of the network is coming.' },
  'zh-Hant': { title: '網路內部', loading: '正在載入網路的圖。' },
});
