// `npm start`: shows the codemod at work on a copy of the legacy app, then serves the sample app with the local PingOne.
import { join, relative } from 'node:path';
import { migrated, migrateLegacy, reports } from './migrate-legacy.mjs';
import { env, fail, root, say, stayWith } from './shell.mjs';

export function start(args) {
  const unknown = args.filter((arg) => !['--live'].includes(arg) && !/^(--port(=\d+)?|\d+)$/.test(arg));
  if (unknown.length)
    fail(`npm start: unknown option ${unknown.join(' ')}. Known ones: --port N, --live (talk to real PingOne).`);
  migrateLegacy();
  const here = (path) => relative(root, path);
  say(`What the codemod did: git -C ${here(migrated)} diff`);
  say(`Its report, one HTML file: ${here(join(reports, 'report.html'))}`);
  say('Starting the sample app');
  const live = args.includes('--live');
  stayWith(
    process.execPath,
    [join(root, 'apps', 'sample', 'server', 'serve.mjs'), ...args.filter((arg) => arg !== '--live')],
    {
      env: { ...env, ...(live ? { PINGONE_MODE: 'live' } : {}) },
    },
  );
}
