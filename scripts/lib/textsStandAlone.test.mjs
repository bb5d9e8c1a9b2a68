import ts from 'typescript';
import { expect, it } from 'vitest';
import { inProject } from './paths.mjs';

/**
 * Who translates a page in the browser takes its texts away from React, which afterwards changes nodes
 * that nobody sees, or removes nodes that are no longer there. Only where a text is all that its element
 * has, React sets the element's content anew. So no text of the page has siblings.
 */
/** The compiler reads all of the page, which takes about ten seconds of a processor. */
const PATIENCE_MS = 300_000;

it('each text of the page stands in an element of its own', { timeout: PATIENCE_MS }, () => {
  const config = ts.getParsedCommandLineOfConfigFile(inProject('tsconfig.json'), {}, host());
  const names = (config?.fileNames ?? []).filter((name) => name.includes('/src/ui/'));
  const program = ts.createProgram(names, config?.options ?? {});
  const checker = program.getTypeChecker();
  /** @type {string[]} */
  const found = [];

  for (const source of program.getSourceFiles()) {
    if (!source.fileName.includes('/src/ui/') || !source.fileName.endsWith('.tsx')) continue;
    visit(source);

    /** @param {ts.Node} node */
    function visit(node) {
      if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
        const children = node.children.filter(isShown);
        for (const child of children) {
          if (children.length > 1 && isText(child, checker)) {
            const { line } = source.getLineAndCharacterOfPosition(child.getStart());
            found.push(
              `${source.fileName.replace(inProject(''), '')}:${line + 1} ${child.getText()}`,
            );
          }
        }
      }
      ts.forEachChild(node, visit);
    }
  }
  expect(names.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

/** Spaces between lines, and comments, are nothing that is shown. @param {ts.JsxChild} child */
function isShown(child) {
  if (ts.isJsxText(child)) return !child.containsOnlyTriviaWhiteSpaces;
  return !ts.isJsxExpression(child) || child.expression !== undefined;
}

/**
 * Text, or what may become some; what others hand down as a node is theirs.
 * @param {ts.JsxChild} child @param {ts.TypeChecker} checker
 */
function isText(child, checker) {
  if (ts.isJsxText(child)) return true;
  if (!ts.isJsxExpression(child) || !child.expression) return false;
  const type = checker.getTypeAtLocation(child.expression);
  if (type.aliasSymbol?.name === 'ReactNode') return false;
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike));
}

/** @returns {ts.ParseConfigFileHost} */
function host() {
  return { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
}
