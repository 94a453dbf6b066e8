/** What `--help` prints. */
import { OPTIONS } from './options.js';

export function helpText(): string {
  const rows = Object.entries(OPTIONS).map(([name, { value, short, help }]) => {
    const words = `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
    return `  ${words.padEnd(26)} ${help}`;
  });
  return `migrate-worker-token [paths…]

Moves code that keeps PingOne worker credentials and tokens by itself onto the worker token manager,
and checks the result before anything is written. Without a path: the current folder.

${rows.join('\n')}

Exit codes
  0  done, nothing left
  1  done, sites left for a person (--check: there are sites)
  2  wrong use or unreadable input
  3  internal error

Examples
  migrate-worker-token --dry-run
  migrate-worker-token src --report migration.html
  migrate-worker-token packages/web --key acme_worker --token-key acme_worker_token
`;
}
