import { cdp } from 'vitest/browser';

/** What of Chromium's own protocol is used here; its types are not installed. */
interface Devtools {
  send(method: string, params: object): Promise<unknown>;
}

type Share = readonly [x: number, y: number];

/** Mouse, pen and fingers on an element, as the browser itself delivers them. Places are shares of it. */
export class Hand {
  private readonly devtools = cdp() as unknown as Devtools;

  constructor(private readonly target: Element) {}

  down(kind: 'mouse' | 'pen', at: Share): Promise<void> {
    return this.mouse('mousePressed', kind, at);
  }

  move(kind: 'mouse' | 'pen', at: Share): Promise<void> {
    return this.mouse('mouseMoved', kind, at);
  }

  up(kind: 'mouse' | 'pen', at: Share): Promise<void> {
    return this.mouse('mouseReleased', kind, at);
  }

  touch(type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Share): Promise<void> {
    return this.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [this.place(at)] : [] });
  }

  /** Drops files or folders of this machine, as the desktop does. */
  async drop(...files: readonly string[]): Promise<void> {
    this.target.scrollIntoView({ block: 'center' });
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await this.send('Input.dispatchDragEvent', { type, ...this.place([0.5, 0.5]), data });
    }
  }

  private mouse(type: string, pointerType: 'mouse' | 'pen', at: Share): Promise<void> {
    const buttons = type === 'mouseReleased' ? 0 : 1;
    const what = { ...this.place(at), button: 'left', buttons, clickCount: 1, pointerType };
    return this.send('Input.dispatchMouseEvent', { type, ...what });
  }

  /** Tests run in a frame of the page that the browser shows. */
  private place([x, y]: Share): { x: number; y: number } {
    const box = this.target.getBoundingClientRect();
    const frame = window.frameElement?.getBoundingClientRect() ?? new DOMRect();
    return { x: frame.x + box.x + x * box.width, y: frame.y + box.y + y * box.height };
  }

  private async send(method: string, params: object): Promise<void> {
    await this.devtools.send(method, params);
  }
}
