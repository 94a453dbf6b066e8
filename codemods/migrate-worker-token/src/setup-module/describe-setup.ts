/** What a set-up module has to say, from the sites that are really applied. Rendering it is `render-setup.ts`'s. */
import type { SetupModule } from '../types.js';

export interface SetupContent {
  credentials: string[];
  tokens: string[];
  /** Credentials keys that a left site still uses. */
  bridge: string[];
  source: SetupModule['requests'][number] | null;
}

/** Keys of migrated sites; a credentials key that a left site still uses is bridged, such a token key is left out. */
export function describeSetup(setup: SetupModule, excluded: ReadonlySet<string>): SetupContent {
  const isApplied = (entry: { component: string }) => !excluded.has(entry.component);
  const used = setup.keys.filter((key) => key.status === 'migrated' && isApplied(key));
  const left = new Set(setup.keys.filter((key) => !used.includes(key)).map((entry) => entry.key));
  const names = (holds: 'credentials' | 'token') => [
    ...new Set(used.filter((entry) => entry.holds === holds).map((entry) => entry.key)),
  ];
  // A key that only left sites use is taken over as well: the manager needs the credentials.
  const leftCredentials = setup.keys
    .filter((key) => key.holds === 'credentials' && left.has(key.key))
    .map((entry) => entry.key);
  const credentials = [...new Set([...names('credentials'), ...leftCredentials])].sort();
  return {
    credentials,
    tokens: names('token')
      .filter((key) => ![...left].some((other) => key === other || key.startsWith(`${other}_`)))
      .sort(),
    bridge: credentials.filter((key) => left.has(key)),
    source: sourceOf(setup.requests.filter(isApplied)),
  };
}

/** What a request form can say, best first: `nested` has the authentication method and scopes, `camel` neither. */
const GENERATIONS = ['nested', 'flat', 'camel'];

/** A proxy wins over the token endpoint itself: a browser is usually refused there. */
function sourceOf(requests: SetupModule['requests']): SetupContent['source'] {
  const proxies = requests.filter((request) => request.kind === 'proxy');
  const rank = ({ generation }: { generation: string }) => GENERATIONS.indexOf(generation);
  return proxies.sort((a, b) => rank(a) - rank(b))[0] ?? requests[0] ?? null;
}
