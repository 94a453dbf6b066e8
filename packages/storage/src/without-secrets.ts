/** Takes secrets out of a JSON value, by the names of its fields. Pure. */
import { isObject } from './safe-json.js';

/** A field named so is left out, whatever a definition says. `tokenEndpoint` and the like do not end so. */
const NAMED_LIKE_A_SECRET = /secret|passw|passphrase|private[_-]?key|api[_-]?key|assertion|verifier|tokens?$/i;

export interface WithoutSecrets {
  data?: unknown;
  /** JSON pointers (RFC 6901) of what is missing. */
  leftOut: string[];
}

/** `secretFields` undefined: nobody said which fields are secret, so nothing is given away. */
export function withoutSecrets(value: unknown, secretFields: readonly string[] | undefined): WithoutSecrets {
  if (!secretFields) return { leftOut: [''] };
  const leftOut: string[] = [];
  return { data: copy(value, ''), leftOut };

  function copy(part: unknown, pointer: string): unknown {
    if (Array.isArray(part)) return part.map((item, i) => copy(item, `${pointer}/${i}`));
    if (!isObject(part)) return part;
    const kept: [string, unknown][] = [];
    for (const [name, child] of Object.entries(part)) {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (secretFields?.includes(name) || NAMED_LIKE_A_SECRET.test(name)) leftOut.push(at);
      else kept.push([name, copy(child, at)]);
    }
    return Object.fromEntries(kept);
  }
}
