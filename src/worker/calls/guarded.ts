import * as v from 'valibot';
import type { SchemasOf } from '../../protocol/callSchemas.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { complaintOf } from './complaint.ts';

type Calls<Api> = { readonly [Name in keyof Api]: (...given: never[]) => unknown };

/**
 * The same calls, each behind the schema of its arguments: one that does not fit throws before the
 * call itself is reached, and of one that does only what the schema knows goes on. Nothing but the
 * calls is there to be reached, and nothing can be put in their place.
 */
export function guarded<Api extends Calls<Api>>(api: Api, schemas: SchemasOf<Api>): Api {
  const door: Record<string, unknown> = Object.create(null);
  const entries = Object.entries<v.GenericSchema<unknown, readonly unknown[]>>(schemas);
  for (const [name, schema] of entries) {
    door[name] = async (...given: unknown[]) => {
      const result = v.safeParse(schema, given, { abortEarly: true });
      if (!result.success) {
        const complaint = complaintOf(result.issues[0], 'arguments');
        throw new WorkbenchError('message.invalid', { call: name, ...complaint });
      }
      return Reflect.apply(api[name as keyof Api], api, result.output);
    };
  }
  return Object.freeze(door) as Api;
}
