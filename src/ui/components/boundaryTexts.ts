import { defineTexts } from '../i18n/texts.ts';

export const boundaryTexts = defineTexts({
  en: {
    fallen:
      'This part of the page has failed. The other parts work on, and so does a run that trains. Try again; if it fails again, reload the page.',
    retry: 'Try again',
    pageFallen:
      'The page has failed. Runs are kept up to their last checkpoint: reload the page to go on from there.',
    reload: 'Reload',
  },
  'zh-Hant': {
    fallen:
      '頁面的這個部分發生錯誤。其他部分照常運作，進行中的訓練也會繼續。請再試一次；若仍然失敗，請重新載入頁面。',
    retry: '再試一次',
    pageFallen: '頁面發生錯誤。訓練紀錄已保留到最後的檢查點：重新載入頁面即可從該處繼續。',
    reload: '重新載入',
  },
});
