import { defineTexts } from '../i18n/texts.ts';

/** The words of the field that the page uses, and what they mean. */
export const vocabularyTexts = defineTexts({
  en: {
    title: 'Vocabulary',
    close: 'Close the vocabulary',
    batch: 'Batch',
    'batch.meaning': 'The images that one step looks at together.',
    step: 'Step',
    'step.meaning': 'One look at a batch, and one small change of all weights.',
    epoch: 'Epoch',
    'epoch.meaning': 'One pass over all training images.',
    loss: 'Loss',
    'loss.meaning':
      'How surprised the network is by the right answers: the mean cross-entropy in nats. 0 is perfect, guessing among ten digits gives 2.3.',
    accuracy: 'Accuracy',
    'accuracy.meaning': 'Top-1: the share of images whose most probable class is the right one.',
    validation: 'Validation',
    'validation.meaning':
      'Images held back from training. How the network does on them shows whether it learns or only remembers.',
    learningRate: 'Learning rate',
    'learningRate.meaning':
      'How far each step moves the weights. Too small learns slowly, too large never settles.',
    dropout: 'Dropout',
    'dropout.meaning':
      'While training, this share of the hidden units is switched off at random, so that none can rely on another.',
    logits: 'Logits',
    'logits.meaning':
      'What the last layer gives: one number a class, before they become probabilities.',
    checkpoint: 'Checkpoint',
    'checkpoint.meaning':
      'Everything the next step depends on, kept in this browser: the run can go on from there.',
    parameters: 'Parameters',
    'parameters.meaning': 'The numbers that training changes: weights and biases.',
    multiplyAdds: 'Multiply-adds',
    'multiplyAdds.meaning':
      'Multiplications, each with its addition, for one image on its way forward.',
    activation: 'Activations',
    'activation.meaning': "A layer's output. Training keeps them all until the way back.",
  },
  'zh-Hant': {
    title: '詞彙',
    close: '關閉詞彙',
    batch: '批次（batch）',
    'batch.meaning': '一個步驟中一起處理的影像。',
    step: '步（step）',
    'step.meaning': '看過一個批次，並將所有權重微調一次。',
    epoch: '週期（epoch）',
    'epoch.meaning': '將全部訓練影像看過一遍。',
    loss: '損失',
    'loss.meaning':
      '網路對正確答案有多意外：以奈特（nat）計的平均交叉熵。0 是完美；在十個數字中亂猜約為 2.3。',
    accuracy: '準確率',
    'accuracy.meaning': 'Top-1：機率最高的類別正好是正確答案的影像比例。',
    validation: '驗證',
    'validation.meaning':
      '訓練時保留不用的影像。網路在這些影像上的表現，顯示它是學會了還是只是記住了。',
    learningRate: '學習率',
    'learningRate.meaning': '每一步移動權重的幅度。太小學得慢，太大則無法穩定。',
    dropout: '丟棄法（dropout）',
    'dropout.meaning': '訓練時隨機關閉這個比例的隱藏單元，讓任何單元都不能依賴其他單元。',
    logits: 'Logits（未正規化分數）',
    'logits.meaning': '最後一層的輸出：每個類別一個數字，尚未轉換為機率。',
    checkpoint: '檢查點',
    'checkpoint.meaning': '下一步所需的一切都保存在此瀏覽器中，訓練可以從那裡繼續。',
    parameters: '參數',
    'parameters.meaning': '訓練會改變的數字：權重與偏置。',
    multiplyAdds: '乘加運算',
    'multiplyAdds.meaning': '一張影像向前通過時的乘法次數，每次乘法伴隨一次加法。',
    activation: '活化值',
    'activation.meaning': '一層的輸出。訓練會全部保留，直到反向傳播用完為止。',
  },
});

export const vocabularyWords = [
  ...(['batch', 'step', 'epoch', 'loss', 'accuracy', 'validation', 'learningRate'] as const),
  ...(['dropout', 'logits', 'checkpoint', 'parameters', 'multiplyAdds', 'activation'] as const),
] as const;

export type VocabularyWord = (typeof vocabularyWords)[number];
