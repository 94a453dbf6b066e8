/**
 * Promises that nobody waits for, or that stand where a value is meant: the compiler lets most of them pass. `Boolean(promise)` is
 * true, `JSON.stringify(promise)` is `{}`. Finds them; whether they are new is for others to say.
 */
import type ts from 'typescript';
import type { TypeScript } from './compiler.js';

export interface PromiseFinding {
  node: ts.Node;
  kind: 'floating-promise' | 'misused-promise';
  message: string;
}

const SWALLOWING_CALL =
  /^(Boolean|String|Number|JSON\.stringify|JSON\.parse|encodeURIComponent|parseInt|parseFloat|Object\.(keys|values|entries))$/;
/** Methods whose callback must answer at once, and hooks whose function must not be async. */
const SYNC_CALLBACK = /^(filter|some|every|find|findIndex|findLast|findLastIndex|sort|forEach)$/;
const SYNC_HOOK = /^(React\.)?(useEffect|useLayoutEffect|useInsertionEffect|useMemo|useState|useReducer)$/;

export function findPromises(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): PromiseFinding[] {
  const found: PromiseFinding[] = [];
  const isPromise = promiseTest(ts, checker);
  const misused = (node: ts.Node | undefined, message: string) => {
    if (node && isPromise(node)) found.push({ node, kind: 'misused-promise', message });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && floats(ts, node.expression, isPromise)) {
      found.push({ node, kind: 'floating-promise', message: 'nobody waits for this promise' });
    }
    for (const value of testedValues(ts, node)) misused(value, 'a promise is always true here');
    for (const value of textValues(ts, node)) misused(value, 'a promise stands where its value is meant');
    if (ts.isCallExpression(node)) inspectCall(node);
    ts.forEachChild(node, visit);
  };
  const inspectCall = (call: ts.CallExpression): void => {
    const callee = call.expression.getText(file);
    if (SWALLOWING_CALL.test(callee)) misused(call.arguments[0], `${callee}() is given a promise instead of its value`);
    const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
    const callback = call.arguments[0];
    if (callback && (SYNC_HOOK.test(callee) || SYNC_CALLBACK.test(method)) && returnsPromise(callback)) {
      found.push({
        node: callback,
        kind: 'misused-promise',
        message: `${method || callee}() does not wait for its callback`,
      });
    }
  };
  const returnsPromise = (callback: ts.Expression): boolean => {
    if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback) && !ts.isIdentifier(callback)) return false;
    const [signature] = checker.getTypeAtLocation(callback).getCallSignatures();
    return signature !== undefined && isThenable(ts, checker, checker.getReturnTypeOfSignature(signature));
  };
  visit(file);
  return found;
}

/** A promise for certain: every member of a union is one. `Promise | undefined` may well be tested. */
function promiseTest(ts: TypeScript, checker: ts.TypeChecker): (node: ts.Node) => boolean {
  return (node) => isThenable(ts, checker, checker.getTypeAtLocation(node));
}

function isThenable(ts: TypeScript, checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return false;
  const members = type.isUnion() ? type.types : [type];
  return members.every((member) => {
    const then = member.getProperty('then');
    return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
  });
}

function floats(ts: TypeScript, node: ts.Expression, isPromise: (node: ts.Node) => boolean): boolean {
  if (ts.isParenthesizedExpression(node)) return floats(ts, node.expression, isPromise);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].some((x) => floats(ts, x, isPromise));
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return false;
    return [node.left, node.right].some((x) => floats(ts, x, isPromise));
  }
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node) || !isPromise(node)) return false;
  return !isHandled(ts, node, isPromise);
}

/** `.catch(f)`, `.then(f, g)`, and a `.finally()` after one of them. */
function isHandled(ts: TypeScript, node: ts.Expression, isPromise: (node: ts.Node) => boolean): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const method = node.expression.name.text;
  if (method === 'catch') return node.arguments.length > 0;
  if (method === 'then') return node.arguments.length > 1;
  return method === 'finally' && !floats(ts, node.expression.expression, isPromise);
}

function testedValues(ts: TypeScript, node: ts.Node): ts.Expression[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isForStatement(node) && node.condition) return [node.condition];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return [node.operand];
  if (ts.isBinaryExpression(node)) {
    const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
    const logical: ts.SyntaxKind[] = [AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken];
    return logical.includes(node.operatorToken.kind) ? [node.left] : [];
  }
  return [];
}

function textValues(ts: TypeScript, node: ts.Node): (ts.Expression | undefined)[] {
  if (ts.isTemplateSpan(node)) return [node.expression];
  if (ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node)) return [node.expression];
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) return [node.expression];
  if (ts.isBinaryExpression(node)) {
    const {
      PlusToken,
      EqualsEqualsEqualsToken,
      ExclamationEqualsEqualsToken,
      EqualsEqualsToken,
      ExclamationEqualsToken,
    } = ts.SyntaxKind;
    const mixing: ts.SyntaxKind[] = [
      PlusToken,
      EqualsEqualsEqualsToken,
      ExclamationEqualsEqualsToken,
      EqualsEqualsToken,
      ExclamationEqualsToken,
    ];
    return mixing.includes(node.operatorToken.kind) ? [node.left, node.right] : [];
  }
  return [];
}
