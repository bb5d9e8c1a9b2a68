import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inProject } from './paths.mjs';

/**
 * What fails in an `async` event handler, or in a promise that nobody waits for, is heard by nobody: in
 * a worker not even by its owner. Each such promise ends in a `catch`, or in a `then` for both outcomes.
 */

/** Who calls what it is given and does not wait for what comes back. */
const CALLERS = /^(addEventListener|on|once|setTimeout|setInterval|queueMicrotask|forEach)$/;
const FRAMES = /^request(AnimationFrame|IdleCallback)$/;

/** @param {ts.CallExpression} call */
function calledName({ expression }) {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** Whether it is `promise.then(...)`, and not a function of one's own called so. @param {ts.CallExpression} call */
const isChained = (call) =>
  ts.isPropertyAccessExpression(call.expression) && /^(then|finally)$/.test(calledName(call));

/** @param {ts.Node} node */
const isAsyncFunction = (node) =>
  (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);

/** @param {ts.Expression} expression the call of a promise that nobody waits for */
function isCaught(expression) {
  if (!ts.isCallExpression(expression)) return false;
  const name = calledName(expression);
  return name === 'catch' || (name === 'then' && expression.arguments.length === 2);
}

/** @param {ts.Node} node */
function isUnheard(node) {
  const { parent } = node;
  if (isAsyncFunction(node)) {
    if (ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left))
      return /^on[a-z]/.test(parent.left.name.text);
    if (ts.isJsxExpression(parent)) return true;
    if (ts.isNewExpression(parent)) return parent.expression.getText() === 'Promise';
    return (
      ts.isCallExpression(parent) &&
      parent.expression !== node &&
      (CALLERS.test(calledName(parent)) || FRAMES.test(calledName(parent)))
    );
  }
  if (ts.isVoidExpression(node))
    return ts.isCallExpression(node.expression) && !isCaught(node.expression);
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  return isChained(node.expression) && !isCaught(node.expression);
}

/** The places of a source whose failures nobody hears. @param {string} name @param {string} source */
function unheardIn(name, source) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const places = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (isUnheard(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      places.push(`${name}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return places;
}

describe('a promise that nobody waits for', () => {
  it.each([
    'self.onmessage = async ({ data }) => { await obey(data); };',
    "worker.addEventListener('message', async () => {});",
    'setTimeout(async () => {}, 10);',
    'new Promise(async (resolve) => resolve(await work()));',
    'const button = <button onClick={async () => {}} />;',
    'void work();',
    'const act = () => void work().then(show);',
    'work().then(show);',
    'work().finally(rest);',
  ])('is found in %s', (source) => {
    expect(unheardIn('a.tsx', source)).toEqual(['a.tsx:1']);
  });

  it.each([
    'self.onmessage = ({ data }) => { obey(data).catch(tell); };',
    'const shown = async () => { await work(); };',
    'void work().catch(tell);',
    'work().then(show, tell);',
    'work().finally(rest).catch(tell);',
    'list.map(async (item) => work(item));',
  ])('is none in %s', (source) => {
    expect(unheardIn('a.tsx', source)).toEqual([]);
  });

  it('ends in a catch everywhere in src', async () => {
    const files = await readdir(inProject('src'), { recursive: true });
    const sources = files.filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'));
    const places = await Promise.all(
      sources.map(async (name) =>
        unheardIn(name, await readFile(join(inProject('src'), name), 'utf8')),
      ),
    );
    expect(sources.length).toBeGreaterThan(300);
    expect(places.flat()).toEqual([]);
  });
});
