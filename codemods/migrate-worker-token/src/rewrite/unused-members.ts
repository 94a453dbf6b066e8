/** Private class members that nothing reads any more. */
import { closest, findAll, type Node } from '../ast/node.js';
import { isMember, keyName, propertyName } from '../ast/shapes.js';
import { lineSpan } from '../plan/text-edits.js';
import type { Parsed, Span } from './parsed-text.js';
import { isPure } from './purity.js';

export function unusedMembers(before: Parsed, now: Parsed): Span[] {
  const known = new Set(deadMembers(before).map(nameIn));
  return deadMembers(now)
    .filter((member) => !known.has(nameIn(member)))
    .map((member) => ({ ...lineSpan(now, member), text: '' }));
}

const nameIn = (member: Node): string => `${member.parent?.parent?.['id']?.name ?? ''}.${keyName(member) ?? ''}`;

function deadMembers({ program }: Parsed): Node[] {
  return findAll(program, (node) => node.type === 'ClassBody').flatMap((body) => {
    const used = new Set(
      findAll(body, isMember).map((member) => (closest(member, (at) => at === body) ? propertyName(member) : null)),
    );
    return (body['body'] as Node[]).filter((member) => isPrivate(member) && !used.has(keyName(member)));
  });
}

function isPrivate(member: Node): boolean {
  const isHidden = member['accessibility'] === 'private' || member['key']?.type === 'PrivateName';
  if (!isHidden || keyName(member) === 'constructor') return false;
  if (/Method$/.test(member.type)) return true;
  return /Property$/.test(member.type) && (!member['value'] || isPure(member['value']));
}
