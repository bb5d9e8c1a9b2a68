/** Throws when an invariant of our own code is broken; bad input gets a `WorkbenchError` instead. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}

/** Marks the branch of a `switch` that no case may reach, checked at compile time. */
export function exhaustive(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}

/** Reads `items[index]` where the caller knows that it is there. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  assert(item !== undefined, `index ${index} outside 0..${items.length - 1}`);
  return item;
}
