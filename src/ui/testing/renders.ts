/** What React rendered, as its developer tools learn of it: of its fibers that is told nowhere else. */

interface Fiber {
  readonly tag: number;
  readonly flags: number;
  readonly type: unknown;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** Function components, those that forward a ref, and those that are memoised. */
const COMPONENTS: ReadonlySet<number> = new Set([0, 11, 14, 15]);
const PERFORMED_WORK = 1;

/** The names of the components that were rendered since it was last asked. */
export class Renders {
  private names: string[] = [];

  /** Has React tell: before it is loaded, for it looks once. */
  listen(): void {
    Object.assign(globalThis, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount: () => undefined,
        onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => this.visit(current),
      },
    });
  }

  take(): readonly string[] {
    const { names } = this;
    this.names = [];
    return names;
  }

  private visit(fiber: Fiber): void {
    const before = fiber.alternate;
    const isComponent = COMPONENTS.has(fiber.tag);
    if (isComponent && (!before || (fiber.flags & PERFORMED_WORK) > 0)) {
      this.names.push(nameOf(fiber.type));
    }
    // What has the very children of before was not looked into.
    if (before?.child === fiber.child) return;
    for (let child = fiber.child; child; child = child.sibling) this.visit(child);
  }
}

function nameOf(type: unknown): string {
  const { displayName, name, render, type: inner } = Object(type);
  return String(displayName ?? name ?? render?.displayName ?? inner?.name ?? 'unnamed');
}
