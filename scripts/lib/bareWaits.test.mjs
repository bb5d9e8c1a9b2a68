import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inProject } from './paths.mjs';

/**
 * What a device, another thread or the network answers may never come. So each such wait stands within
 * a function that gives up after a bounded time, or takes a signal by which somebody does.
 */

/** Whoever stands among their arguments is waited for in a bounded time. */
const BOUNDS = /^(settles|gpuAnswers)$/;
const OF_DEVICES =
  /^(mapAsync|onSubmittedWorkDone|popErrorScope|getCompilationInfo|requestAdapter|requestDevice|create\w+PipelineAsync)$/;
/** The numbers of a tensor, which tfjs reads from its device. */
const OF_TENSORS = /^(data|array)$/;

/** Waits without a bound of their own, and why. */
const KNOWN = {
  'engine/device.ts': 'waited for so long by the next line, and destroyed where it comes later',
  'engine/webgpu/gpuAnswers.ts': 'counts the questions that are not answered',
  'serviceWorker/keptFiles.ts':
    'the browser ends an installation, and a worker that waits for nobody',
  'serviceWorker/serviceWorker.ts': "the answer is the page's own fetch, which the page ends",
};

/** @param {ts.CallExpression} call */
function calledName({ expression }) {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** Whether it stands among the arguments of a function that gives up. @param {ts.Node} node */
function isBounded(node) {
  for (let inner = node; inner.parent; inner = inner.parent) {
    const { parent } = inner;
    if (
      ts.isCallExpression(parent) &&
      parent.expression !== inner &&
      BOUNDS.test(calledName(parent))
    )
      return true;
  }
  return false;
}

/** Whether an argument has a member of one of these names, other than null. @param {ts.CallExpression} call @param {string[]} names */
function hasOption({ arguments: given }, ...names) {
  return given.some(
    (argument) =>
      ts.isObjectLiteralExpression(argument) &&
      argument.properties.some((property) => {
        const isNull =
          ts.isPropertyAssignment(property) &&
          property.initializer.kind === ts.SyntaxKind.NullKeyword;
        return !isNull && property.name && names.includes(property.name.getText());
      }),
  );
}

/** @param {ts.CallExpression} call */
function isWait(call) {
  const { expression } = call;
  if (ts.isIdentifier(expression)) return expression.text === 'fetch' && !hasOption(call, 'signal');
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const { name, expression: of } = expression;
  if (name.text === 'request' && /locks$/.test(of.getText()))
    return !hasOption(call, 'signal', 'ifAvailable');
  if (OF_TENSORS.test(name.text)) return call.arguments.length === 0;
  return OF_DEVICES.test(name.text);
}

/** The places of a source that wait for ever. @param {string} name @param {string} source */
function bareWaitsIn(name, source) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const places = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && isWait(node) && !isBounded(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      places.push(`${name}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return places;
}

describe('a wait without a bound', () => {
  it.each([
    'await staging.mapAsync(GPUMapMode.READ);',
    'await device.queue.onSubmittedWorkDone();',
    'faults.map(() => device.popErrorScope());',
    'const adapter = await navigator.gpu.requestAdapter();',
    'await device.createComputePipelineAsync({});',
    "await navigator.locks.request(name, { mode: 'shared' }, task);",
    'await fetch(url);',
    "await fetch(url, { mode: 'cors' });",
    'await fetch(url, { signal: null });',
    'await locks.request(name, { signal: null }, task);',
    'const values = await tensor.data();',
    "settles(read(), 1000, 'wait.gpu').then(() => device.queue.onSubmittedWorkDone());",
  ])('is found in %s', (source) => {
    expect(bareWaitsIn('a.ts', source)).toEqual(['a.ts:1']);
  });

  it.each([
    'await gpuAnswers(device, staging.mapAsync(GPUMapMode.READ));',
    'gpuAnswers(device, Promise.all(faults.map(() => device.popErrorScope())));',
    "await settles(adapter.requestDevice({}), 1000, 'wait.gpu');",
    'await locks.request(name, { signal }, task);',
    'await navigator.locks.request(name, { ifAvailable: true }, task);',
    'await fetch(url, { signal });',
    'const adapter = await requestAdapter();',
    'await this.datasets.fetch(address);',
  ])('is none in %s', (source) => {
    expect(bareWaitsIn('a.ts', source)).toEqual([]);
  });

  it('stands nowhere in src but where its reason is known', async () => {
    const files = await readdir(inProject('src'), { recursive: true });
    const sources = files.filter(
      (name) => /\.tsx?$/.test(name) && !/\.test\.|(^|\/)testing\//.test(name),
    );
    const found = await Promise.all(
      sources.map(async (name) =>
        bareWaitsIn(name, await readFile(join(inProject('src'), name), 'utf8')),
      ),
    );
    expect(sources.length).toBeGreaterThan(300);
    const isKnown = (/** @type {string} */ place) => (place.split(':')[0] ?? '') in KNOWN;
    expect(found.flat().filter((place) => !isKnown(place))).toEqual([]);
    for (const name of Object.keys(KNOWN))
      expect(
        found.flat().some((place) => place.startsWith(name)),
        name,
      ).toBe(true);
  });
});
