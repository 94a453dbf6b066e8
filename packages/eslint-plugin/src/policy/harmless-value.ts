// Values that cannot be a secret, whatever name they stand under: flags, numbers, dates, lengths, masks, digests, encrypted blobs.
import type { Node } from 'estree';
import type { Module } from '../ast/module.js';
import { resolve } from '../ast/resolve.js';
import { unwrap } from '../ast/unwrap.js';

const flags =
  /^(|0|1|true|false|yes|no|on|off|null|undefined|none|seen|dismissed|done|hidden|shown|\*+|•+|x{3,}|<.*>|\[?redacted\]?|\*+redacted\*+)$/i;
const makesHarmless =
  /^(Boolean|Number|parseInt|parseFloat|isNaN|now|toISOString|getTime|toFixed|includes|startsWith|endsWith|test|has|some|every|indexOf|slice|substring|substr|charAt|padEnd|hash\w*|sha\d+|md5|digest\w*|fingerprint\w*|encrypt\w*|seal\w*|cipher\w*|wrapKey|mask\w*|redact\w*|sanitiz\w*|strip\w*|omit\w*|censor\w*|obfuscate\w*|truncate\w*|without\w*|estimate\w*|count\w*|is[A-Z]\w*|has[A-Z]\w*|jwtDecode|jwt_decode|decodeJwt|randomUUID|uuid\w*|nanoid)$/;

export function isHarmless(node: Node, module: Module, depth = 0): boolean {
  const expression = unwrap(node);
  const below = (child: Node) => depth < 6 && isHarmless(child, module, depth + 1);
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value !== 'string' || flags.test(expression.value);
    case 'TemplateLiteral':
      return expression.expressions.length > 0
        ? expression.expressions.every(below)
        : flags.test(expression.quasis[0]?.value.cooked ?? '');
    case 'UnaryExpression':
      return true;
    case 'BinaryExpression':
      if (expression.operator !== '+') return true;
      return expression.left.type !== 'PrivateIdentifier' && below(expression.left) && below(expression.right);
    case 'LogicalExpression':
      return below(expression.right) && (expression.operator === '&&' || below(expression.left));
    case 'ConditionalExpression':
      return below(expression.consequent) && below(expression.alternate);
    case 'MemberExpression':
      return expression.property.type === 'Identifier' && /^(length|size|byteLength)$/.test(expression.property.name);
    case 'CallExpression':
      return isHarmlessCall(expression.callee, expression.arguments, below);
    case 'AwaitExpression':
      return below(expression.argument);
    case 'Identifier': {
      if (expression.name === 'undefined' || /^(is|has|should|show)[A-Z]/.test(expression.name)) return true;
      const made = resolve(expression, module).node;
      return made !== expression && made.type !== 'Literal' && made.type !== 'Identifier' && below(made);
    }
    case 'NewExpression':
      return expression.callee.type === 'Identifier' && expression.callee.name === 'Date';
    default:
      return false;
  }
}

function isHarmlessCall(callee: Node, args: Node[], below: (node: Node) => boolean): boolean {
  const expression = unwrap(callee);
  const name =
    expression.type === 'Identifier'
      ? expression.name
      : expression.type === 'MemberExpression' && expression.property.type === 'Identifier'
        ? expression.property.name
        : '';
  if (makesHarmless.test(name)) return true;
  if (/^(toString|trim|padStart)$/.test(name) && expression.type === 'MemberExpression')
    return below(expression.object);
  return (
    /^(String|stringify|JSON)$/.test(name) &&
    args[0] !== undefined &&
    args[0].type !== 'ObjectExpression' &&
    below(args[0])
  );
}
