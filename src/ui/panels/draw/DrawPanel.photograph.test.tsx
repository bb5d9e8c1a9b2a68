import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { preparePicture } from '../../../domain/reading/digit.ts';
import type { Picture } from '../../../protocol/protocol.ts';
import type { Language } from '../../i18n/i18n.ts';
import { photographOfPaper } from '../../testing/photographOfPaper.ts';
import { runState } from '../../testing/runState.ts';
import { type Shown, show } from '../../testing/show.tsx';
import { DrawPanel } from './DrawPanel.tsx';

const input = { height: 28, width: 28 };

it.each<[Language, string, string]>([
  [
    'en',
    'Picture: phone.jpg',
    'phone.jpg holds nothing to read: nothing on it stands out from the paper as writing does.',
  ],
  ['zh-Hant', '圖片：phone.jpg', 'phone.jpg 中沒有可辨識的內容：沒有從紙面明顯浮現的筆跡。'],
])(
  "a phone's photograph of blank paper is shown, and said to hold nothing: %s",
  async (language, name, sentence) => {
    const asked: Picture[] = [];
    let shown: Shown | undefined;
    /** What the worker finds; of a network only its question for each part is left out. */
    const predict = async (picture: Picture) => {
      asked.push(picture);
      const [first] = preparePicture(picture, input).parts;
      const prediction = {
        ...{
          blank: !first,
          label: first ? 3 : -1,
          probabilities: first ? Array(10).fill(0.1) : [],
        },
        ...{ prepared: first?.pixels ?? new Uint8Array(28 * 28) },
        ...{ preparedWidth: input.width, preparedHeight: input.height },
      };
      shown?.store.setState({ prediction });
      return prediction;
    };
    shown = await show(<DrawPanel />, {
      state: { run: runState },
      commands: { predict },
      language,
    });
    await expect.element(page.getByRole('application')).toBeVisible();
    const clipboardData = new DataTransfer();
    clipboardData.items.add(await photographOfPaper());
    document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }));
    await expect.element(page.getByRole('status')).toHaveTextContent(sentence);
    await expect.element(page.getByText(name)).toBeVisible();
    // Decoded smaller than its 5712 x 4284 pixels.
    expect(asked.map(({ width, height }) => [width, height])).toEqual([[1024, 768]]);
  },
);
