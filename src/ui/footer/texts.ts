import { defineTexts } from '../i18n/texts.ts';

export const footerTexts = defineTexts({
  en: {
    licences: 'Third-party licences',
    sbom: 'Bill of materials',
  },
  'zh-Hant': {
    licences: '第三方授權條款',
    sbom: '軟體物料清單',
  },
});
