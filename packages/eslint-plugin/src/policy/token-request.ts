// Whether a request asks for a worker token: by its address, and by the grant in its body. Other grants, and other applications'
// `/api/client-credentials`, are theirs.
import type { Node } from 'estree';
import { endpointKind, type LegacySignals } from '@worker-token/legacy-signals';
import { childrenOf, ancestorOf, type Module } from '../ast/module.js';
import type { HttpRequest } from '../ast/requests.js';
import { resolve } from '../ast/resolve.js';
import { hole, possibleStrings } from '../ast/strings.js';
import { variableOf } from '../ast/binding.js';

const tokenPath =
  /\/(as|oauth|oauth2|openid-connect|connect|protocol\/openid-connect|v1|v2\.0)\/token\/?$|\/token\.oauth2$|\/oauth\/access_token$/;
const grant = /client_credentials/;
/** Nothing, written out. */
const isEmpty = /^(JSON\.stringify\()?\s*(\{\s*\}|null)\s*\)?(\s|$)/;
const otherGrant = /authorization_code|refresh_token|password|device_code|token-exchange|jwt-bearer|ciba/;

/** The address as it is shown, when the request asks for a worker token. */
export function tokenRequest(
  request: HttpRequest,
  module: Module,
  signals: LegacySignals,
  hasSign: () => boolean,
): string | null {
  if (request.method !== null && !/^(POST|PUT)$/.test(request.method)) return null;
  for (const url of possibleStrings(request.url, module)) {
    const shown = url.replaceAll(hole, '…');
    const path = url.split(/[?#]/)[0] ?? '';
    const body = request.body ? madeOf(request.body, request, module) : '';
    const kind = endpointKind(url, signals) ?? endpointKind(`/${url}`, signals); // below a base address
    if (kind === 'proxy') return asksProxy(request, body, hasSign) ? shown : null;
    if (kind === 'direct' || tokenPath.test(path))
      return grant.test(body + url + madeOf(request.url, request, module)) ? shown : null;
    const names = module.text.slice(...(request.url.range ?? [0, 0]));
    if (url.replaceAll(hole, '') === '' && /token(_?endpoint|_?url|_?uri)/i.test(names) && grant.test(body))
      return shown === '…' ? names : shown;
  }
  return null;
}

/** A proxy's address is enough with a sign of PingOne, or where nothing is posted, which creates nothing; otherwise the body has to speak of
    the grant or the environment. */
function asksProxy({ body, method }: HttpRequest, text: string, hasSign: () => boolean): boolean {
  if (body === null || isEmpty.test(text)) return method !== null;
  if (otherGrant.test(text) && !grant.test(text)) return false;
  if (/password_enc|username/.test(text)) return false;
  return grant.test(text) || /environment_?id|client_?secret|auth_?method/i.test(text) || hasSign();
}

/** The text of a body or an address and of everything that it is made of in this function. */
function madeOf(part: Node, { node }: HttpRequest, module: Module): string {
  const texts: string[] = [];
  const seen = new Set<Node>();
  const visit = (current: Node, depth: number): void => {
    if (depth > 6 || seen.has(current)) return;
    seen.add(current);
    texts.push(module.text.slice(...(current.range ?? [0, 0])));
    if (current.type === 'Identifier') {
      const place = resolve(current, module);
      if (place.node !== current) {
        texts.push(place.module.text.slice(...(place.node.range ?? [0, 0])));
        if (place.module === module) visit(place.node, depth + 1);
      }
      for (const reference of variableOf(current, module)?.references ?? []) {
        const statement = ancestorOf(reference.identifier as Node, /^(ExpressionStatement|VariableDeclaration)$/);
        if (
          statement &&
          statement.range &&
          statement.range[1] - statement.range[0] < 400 &&
          statement.range[0] < (node.range?.[1] ?? 0)
        )
          texts.push(module.text.slice(...statement.range));
      }
    }
    if (current.type === 'MemberExpression') {
      const { node: named } = resolve(current, module);
      if (named.type === 'Literal' && typeof named.value === 'string') texts.push(named.value); // `Grant.Client`
      return;
    }
    for (const child of childrenOf(current)) visit(child, depth + 1);
  };
  visit(part, 0);
  return texts.join('\n');
}
