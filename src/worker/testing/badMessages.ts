import fc from 'fast-check';
import { callNames } from '../../protocol/callSchemas.ts';
import { badCalls } from '../../protocol/testing/badCalls.ts';

/** What is no call of the page's, from calls with a bad argument to anything that can be posted. */

const id = fc.uuid();

/** As comlink posts a call, with arguments that are not right. */
const badArguments = fc.tuple(id, badCalls).map(([id, { name, given }]) => ({
  ...{ id, type: 'APPLY', path: [name] },
  argumentList: given.map((value) => ({ type: 'RAW', value })),
}));

const wireValue = fc.constantFrom(
  ...[null, 7, 'x', {}, { type: 'RAW' }, { type: 'HANDLER', name: 'none', value: 1 }],
  { type: 'HANDLER', name: 'proxy', value: null },
  { type: 'HANDLER', name: 'throw', value: { code: 'idx.header', params: {} } },
);
const path = fc.oneof(
  fc.constantFrom(
    ...[[], ['workspace'], ['constructor'], ['constructor', 'constructor'], ['none'], 'train'],
    ...[['__proto__', 'polluted'], ['start', 'call'], ['workspace', 'keeper', 'store'], null, [7]],
  ),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }),
);
const aList = fc.oneof(fc.array(wireValue, { maxLength: 10 }), fc.constantFrom(null, 1, 'x', {}));

/** What comlink itself would do as it is told: read, write, construct, hand out a port, let go. */
const otherOrders = fc.record({
  id,
  type: fc.constantFrom('GET', 'SET', 'CONSTRUCT', 'ENDPOINT', 'RELEASE', 'NONE', 1, null),
  path: fc.oneof(
    path,
    fc.constantFrom(...callNames).map((name) => [name]),
  ),
  value: wireValue,
  argumentList: aList,
});

const brokenCalls = fc.record({ id, type: fc.constant('APPLY'), path, argumentList: aList });

/** Of these the worker can tell nobody. */
const unanswerable = fc.oneof(
  fc.record({
    id: fc.constantFrom(undefined, null, 0, 7, '', {}),
    type: fc.constantFrom('APPLY', 'GET', 'RELEASE'),
    path,
    argumentList: aList,
  }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
);

export const badMessages: fc.Arbitrary<unknown> = fc.oneof(
  badArguments,
  otherOrders,
  brokenCalls,
  unanswerable,
);

export function canBeAnswered(message: unknown): message is { id: string } {
  if (typeof message !== 'object' || message === null || !('id' in message)) return false;
  return typeof message.id === 'string' && message.id !== '';
}
