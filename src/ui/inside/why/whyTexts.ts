import { defineTexts } from '../../i18n/texts.ts';

export const whyTexts = defineTexts({
  en: {
    region: 'Why {{name}}?',
    why: 'Why {{name}}?',
    whyNot: 'Why not {{name}}?',
    share: 'Probability now: {{share}}',
    methods: 'How to ask',
    gradCam: 'Grad-CAM',
    gradient: 'Gradient',
    smoothGrad: 'SmoothGrad',
    occlusion: 'Occlusion',
    'gradCam.is':
      'Bright: where the maps of the last convolution speak for {{name}}, each counted by the slope of the score along it (Selvaraju et al. 2017).',
    'gradient.is':
      'How much the score of {{name}} would rise or fall, were a pixel a little brighter (Simonyan et al. 2013).',
    'smoothGrad.is':
      'The slope for {{name}}, averaged over noisy copies of the image, so that what is there by chance goes out (Smilkov et al. 2017).',
    'occlusion.is':
      'A patch covers one part of the image after the other: bright where the score of {{name}} falls without it (Zeiler and Fergus 2014).',
    score: 'The score is the logit, before the softmax; nothing is dropped out.',
    against: 'against',
    for: 'for {{name}}',
    classes: 'Another class',
    picture:
      'The image with what speaks for {{name}}, most of all at row {{row}}, column {{column}}',
    asking: 'The network is being asked.',
    waiting:
      'Nothing goes through the network yet. Train it, then draw something or load a data set.',
  },
  'zh-Hant': {
    region: '為什麼是 {{name}}？',
    why: '為什麼是 {{name}}？',
    whyNot: '為什麼不是 {{name}}？',
    share: '目前的機率：{{share}}',
    methods: '詢問的方法',
    gradCam: 'Grad-CAM',
    gradient: '梯度',
    smoothGrad: 'SmoothGrad',
    occlusion: '遮擋',
    'gradCam.is':
      '亮處：最後一個卷積層的特徵圖支持 {{name}} 的地方，各以分數沿該圖的斜率加權（Selvaraju 等，2017）。',
    'gradient.is': '某個像素亮一點時，{{name}} 的分數會上升或下降多少（Simonyan 等，2013）。',
    'smoothGrad.is':
      '{{name}} 的斜率，對加了雜訊的多份影像取平均，偶然的成分因此消失（Smilkov 等，2017）。',
    'occlusion.is':
      '以小塊依序遮住影像的各部分：遮住後 {{name}} 的分數下降之處較亮（Zeiler 與 Fergus，2014）。',
    score: '分數是 softmax 之前的 logit；不使用丟棄。',
    against: '反對',
    for: '支持 {{name}}',
    classes: '換一個類別',
    picture: '影像，以及支持 {{name}} 之處，最強在第 {{row}} 列、第 {{column}} 行',
    asking: '正在詢問網路。',
    waiting: '還沒有影像通過網路。請先訓練，再畫些什麼或載入資料集。',
  },
});
