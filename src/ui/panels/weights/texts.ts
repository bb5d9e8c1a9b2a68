import { defineTexts } from '../../i18n/texts.ts';

export const weightsTexts = defineTexts({
  en: {
    title: 'Weights',
    empty: 'There are no weights yet. Train a network, or import a file.',
    about: '{{name}}, step {{step}}: {{parameters}} parameters, {{size}}.',
    carries:
      'The file carries every weight as a 32-bit float, the network, the recipe, the scaling of the input, and where they come from.',
    format: 'Format',
    'format.safetensors': 'safetensors',
    'format.tfjs': 'TensorFlow.js zip',
    'format.onnx': 'ONNX',
    'read.onnx':
      'In Python, with raw bytes of shape [N, height, width, channels]: scaling and softmax are inside.',
    'format.pytorch': 'PyTorch folder',
    'read.pytorch':
      'A zip with the module (model.py), its weights, and a model card that Hugging Face takes. In its folder:',
    'read.safetensors': 'In Python:',
    'read.tfjs':
      'In TensorFlow.js, unzipped. AlexNet needs its normalisation layer registered first: see docs/files.md.',
    'format.embed': 'For a web page (zip)',
    'read.embed':
      'A folder for any static host, with an example page. It reads pictures as this page does, on WebGPU or WebAssembly, and cannot train. In a module script:',
    export: 'Export weights',
    import: 'Import weights',
    importHint:
      'A file exported from this page, or plain layers of another program: ONNX, a layers model of TensorFlow.js (a zip, or model.json with its weights), or a PyTorch state dict in safetensors. Or drop it here.',
  },
  'zh-Hant': {
    title: '權重',
    empty: '尚無權重。請先訓練網路，或匯入檔案。',
    about: '{{name}}，第 {{step}} 步：{{parameters}} 個參數，{{size}}。',
    carries: '檔案內含所有權重（32 位元浮點數）、網路架構、配方、輸入縮放方式，以及來源。',
    format: '格式',
    'format.safetensors': 'safetensors',
    'format.tfjs': 'TensorFlow.js zip',
    'format.onnx': 'ONNX',
    'read.onnx':
      '在 Python 中讀取；輸入為原始位元組，形狀 [N, 高, 寬, 通道]：縮放與 softmax 已含在模型內。',
    'format.pytorch': 'PyTorch 資料夾',
    'read.pytorch':
      '一個 zip 檔，內含模組（model.py）、權重，以及 Hugging Face 可用的模型卡。在該資料夾中：',
    'read.safetensors': '在 Python 中讀取：',
    'read.tfjs':
      '解壓縮後，在 TensorFlow.js 中讀取。AlexNet 需先註冊正規化層：請見 docs/files.md。',
    'format.embed': '用於網頁（zip）',
    'read.embed':
      '可放在任何靜態主機的資料夾，附範例頁面。它以 WebGPU 或 WebAssembly 像本頁一樣辨識圖片，但不能訓練。在 module 腳本中：',
    export: '匯出權重',
    import: '匯入權重',
    importHint:
      '由本頁匯出的檔案，或其他程式由一般層串成的網路：ONNX、TensorFlow.js 的 layers 模型（zip，或 model.json 連同其權重），或以 safetensors 儲存的 PyTorch state dict。也可拖放到這裡。',
  },
});
