import { defineTexts } from '../i18n/texts.ts';

export const noticesTexts = defineTexts({
  en: {
    dismiss: 'Dismiss this message',
    error: 'That did not work',
    bug: 'Something broke',
    warning: 'Please note',
    'news.kernelChoicesCleared':
      'The kernel choices are cleared. The next training on WebGPU measures again.',
    'news.restartWaits':
      'The worker stopped several times within a minute, so the next start waits for 30 seconds.',
    'news.engineChanged':
      'Another engine answered than before, so the run waits at its last checkpoint. Resume goes on with this engine.',
    'news.gpuAway':
      'The browser gives this page no GPU for now: it does so for two minutes after the GPU failed twice. This page asks again every 30 seconds, and then the run goes on.',
    'news.newVersion': 'A new version of this page is ready.',
    'news.moreThreads':
      'This host lets cores share memory only from the second load on. After a reload, all cores train.',
    reload: 'Reload',
    reloadLater: 'You can reload once nothing is running.',
    goBack: 'Go back to step {{step}}',
    'command.load': 'Loading',
    'command.train': 'Training',
    'command.pause': 'Pausing',
    'command.end': 'Stopping',
    'command.evaluate': 'Evaluating',
    'command.delete': 'Deleting',
    'phase.starting': 'starting',
    'phase.idle': 'idle',
    'phase.loading': 'loading',
    'phase.training': 'training',
    'phase.paused': 'paused',
    'phase.evaluating': 'evaluating',
    'phase.failed': 'out of order',
  },
  'zh-Hant': {
    dismiss: '關閉這則訊息',
    error: '無法完成',
    bug: '發生錯誤',
    warning: '請注意',
    'news.kernelChoicesCleared': '已清除運算核心的選擇。下次以 WebGPU 訓練時會重新測量。',
    'news.restartWaits': 'Worker 在一分鐘內停止了數次，下一次啟動會等待 30 秒。',
    'news.engineChanged':
      '這次回應的引擎與先前不同，因此訓練停在最後的檢查點。按「繼續」會以目前的引擎進行。',
    'news.gpuAway':
      '瀏覽器目前不讓此頁面使用 GPU：GPU 失敗兩次後會持續兩分鐘。此頁面每 30 秒會再試一次，成功後訓練會繼續。',
    'news.newVersion': '此頁面的新版本已就緒。',
    'news.moreThreads':
      '此主機要到第二次載入才能讓核心共用記憶體。重新載入後，所有核心都會參與訓練。',
    reload: '重新載入',
    reloadLater: '沒有工作在進行時即可重新載入。',
    goBack: '回到第 {{step}} 步',
    'command.load': '載入',
    'command.train': '訓練',
    'command.pause': '暫停',
    'command.end': '停止',
    'command.evaluate': '評估',
    'command.delete': '刪除',
    'phase.starting': '啟動中',
    'phase.idle': '閒置',
    'phase.loading': '載入中',
    'phase.training': '訓練中',
    'phase.paused': '已暫停',
    'phase.evaluating': '評估中',
    'phase.failed': '故障',
  },
});
