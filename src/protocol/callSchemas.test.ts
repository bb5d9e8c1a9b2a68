import type * as v from 'valibot';
import { describe, expectTypeOf, it } from 'vitest';
import type { ArgumentsOf, callSchemas } from './callSchemas.ts';
import type { WorkerApi } from './protocol.ts';

/** `true` where two types are one and the same, down to `readonly` and what may be left out. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Of each call, whether its schema lets through the very arguments that it takes. */
type Agreement = {
  [Name in keyof WorkerApi]: Same<
    v.InferOutput<(typeof callSchemas)[Name]>,
    ArgumentsOf<WorkerApi[Name]>
  >;
};

describe('the schemas of the calls', () => {
  it('give the very types that the calls take, each call of them', () => {
    expectTypeOf<Agreement>().toEqualTypeOf<Record<keyof WorkerApi, true>>();
  });
});
