import { defineTexts } from '../../i18n/texts.ts';

export const weightsTexts = defineTexts({
  en: {
    title: 'Weights',
    empty: 'There are no weights yet. Train a network, or import a file exported from this page.',
    about: '{{name}}, step {{step}}: {{parameters}} parameters, {{size}}.',
    carries:
      'The file carries every weight as a 32-bit float, the network, the recipe, the scaling of the input, and where they come from.',
    format: 'Format',
    'format.safetensors': 'safetensors',
    'format.tfjs': 'TensorFlow.js zip',
    'format.onnx': 'ONNX',
    'read.onnx':
      'In Python, with raw bytes of shape [N, height, width, channels]: scaling and softmax are inside.',
    'read.safetensors': 'In Python:',
    'read.tfjs':
      'In TensorFlow.js, unzipped. AlexNet needs its normalisation layer registered first: see docs/files.md.',
    export: 'Export weights',
    import: 'Import weights',
    importHint: 'A .safetensors or .zip file from this page. Or drop it here.',
  },
  'zh-Hant': {
    title: '權重',
    empty: '尚無權重。請先訓練網路，或匯入由本頁匯出的檔案。',
    about: '{{name}}，第 {{step}} 步：{{parameters}} 個參數，{{size}}。',
    carries: '檔案內含所有權重（32 位元浮點數）、網路架構、配方、輸入縮放方式，以及來源。',
    format: '格式',
    'format.safetensors': 'safetensors',
    'format.tfjs': 'TensorFlow.js zip',
    'format.onnx': 'ONNX',
    'read.onnx':
      '在 Python 中讀取；輸入為原始位元組，形狀 [N, 高, 寬, 通道]：縮放與 softmax 已含在模型內。',
    'read.safetensors': '在 Python 中讀取：',
    'read.tfjs':
      '解壓縮後，在 TensorFlow.js 中讀取。AlexNet 需先註冊正規化層：請見 docs/files.md。',
    export: '匯出權重',
    import: '匯入權重',
    importHint: '由本頁匯出的 .safetensors 或 .zip 檔。也可拖放到這裡。',
  },
});
