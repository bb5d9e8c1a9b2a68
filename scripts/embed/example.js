import { predict } from './predict.js';

/** The example: draw on the sheet, or choose a picture, and see what the network reads. */

const texts = {
  en: {
    title: 'Draw, and it is read',
    sheet: 'Drawing canvas',
    clear: 'Clear',
    choose: 'Or a picture:',
    blank: 'Nothing is written there.',
    reading: (name, share) => `It reads ${name} (${share} %).`,
    failed: (problem) => `It could not be read: ${problem}`,
  },
  'zh-Hant': {
    title: '畫一畫，讓它辨識',
    sheet: '畫布',
    clear: '清除',
    choose: '或選擇圖片：',
    blank: '上面沒有寫任何東西。',
    reading: (name, share) => `辨識為 ${name}（${share} %）。`,
    failed: (problem) => `無法辨識：${problem}`,
  },
};
const language = navigator.language.startsWith('zh') ? 'zh-Hant' : 'en';
const t = texts[language];

const element = (id) => document.getElementById(id);
const sheet = element('sheet');
const context = sheet.getContext('2d', { willReadFrequently: true });
document.documentElement.lang = language;
document.title = t.title;
for (const id of ['title', 'clear', 'choose']) element(id).textContent = t[id];
sheet.setAttribute('role', 'img');
sheet.setAttribute('aria-label', t.sheet);

function clear() {
  context.fillStyle = 'white';
  context.fillRect(0, 0, sheet.width, sheet.height);
  element('reading').textContent = '';
}

let newest = 0;
async function read() {
  const mine = ++newest;
  try {
    const picture = context.getImageData(0, 0, sheet.width, sheet.height);
    const { blank, className, label, probabilities } = await predict(picture);
    if (mine !== newest) return;
    const share = ((100 * probabilities[label]) | 0).toString();
    element('reading').textContent = blank ? t.blank : t.reading(className, share);
  } catch (error) {
    if (mine === newest) element('reading').textContent = t.failed(error.message);
  }
}

const placeOf = ({ clientX, clientY }) => {
  const { left, top, width } = sheet.getBoundingClientRect();
  const scale = sheet.width / width;
  return [(clientX - left) * scale, (clientY - top) * scale];
};
let before;
sheet.addEventListener('pointerdown', (event) => {
  sheet.setPointerCapture(event.pointerId);
  before = placeOf(event);
  line(before);
});
sheet.addEventListener('pointermove', (event) => {
  if (before) line(placeOf(event));
});
for (const end of ['pointerup', 'pointercancel']) {
  sheet.addEventListener(end, () => {
    if (before) read();
    before = undefined;
  });
}

function line(to) {
  Object.assign(context, {
    lineWidth: 20,
    lineCap: 'round',
    lineJoin: 'round',
    strokeStyle: 'black',
  });
  context.beginPath();
  context.moveTo(...before);
  context.lineTo(...to);
  context.stroke();
  before = to;
}

element('clear').addEventListener('click', () => {
  newest++;
  clear();
});
element('picture').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  try {
    const bitmap = await createImageBitmap(file);
    clear();
    const scale = Math.min(sheet.width / bitmap.width, sheet.height / bitmap.height);
    const [width, height] = [scale * bitmap.width, scale * bitmap.height];
    context.drawImage(
      bitmap,
      (sheet.width - width) / 2,
      (sheet.height - height) / 2,
      width,
      height,
    );
    await read();
  } catch (error) {
    element('reading').textContent = t.failed(error.message);
  }
});
clear();
