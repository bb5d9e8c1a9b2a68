import type { Locator, Page } from 'playwright';

/** Drops files or folders of this machine onto a part of the page, as the desktop does. */
export async function dropFiles(page: Page, target: Locator, paths: readonly string[]) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('What files are to be dropped on is not to be seen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await devtools.detach();
}

/** Pastes a file of this content while this element has the focus. */
export async function pasteFile(target: Locator, name: string, content: string) {
  await target.focus();
  await target.evaluate(
    (element, [name, content]) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([content], name));
      const options = { bubbles: true, cancelable: true, clipboardData };
      element.dispatchEvent(new ClipboardEvent('paste', options));
    },
    [name, content] as const,
  );
}
