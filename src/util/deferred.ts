import { at } from './assert.ts';

/** A promise and what settles it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T | PromiseLike<T>): void;
  reject(reason?: unknown): void;
}

/** As `Promise.withResolvers`, which browsers of two years ago lack. */
export function deferred<T>(): Deferred<T> {
  const settle: Pick<Deferred<T>, 'resolve' | 'reject'>[] = [];
  const promise = new Promise<T>((resolve, reject) => settle.push({ resolve, reject }));
  return { promise, ...at(settle, 0) };
}
