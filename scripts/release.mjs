// `npm run release:version`: turns the changesets into versions and changelogs, and writes the new versions wherever else they stand.
// `npm run release:publish`: publishes what the registry does not have yet. The release workflow calls both; nobody has to by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePnpm } from './packages.mjs';
import { env, fail, must, root } from './shell.mjs';

const manifest = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** Files that repeat a package's version: the folder it is the version of, and what stands before it. */
const repeated = [
  ['codemods/migrate-worker-token/codemod.yaml', 'codemods/migrate-worker-token', /(?<=^version: ')[^']+/m],
  ['packages/eslint-plugin/src/package-identity.ts', 'packages/eslint-plugin', /(?<=version = ')[^']+/],
];

function repeatVersions() {
  for (const [file, folder, place] of repeated) {
    const text = readFileSync(join(root, file), 'utf8');
    if (!place.test(text)) fail(`${file}: no version where ${place} looks for it.`);
    writeFileSync(join(root, file), text.replace(place, manifest(folder).version));
  }
}

/** Pages that show the codemod's real output, which begins with its version. Needs nothing built. */
function updatePages() {
  const guide = 'codemods/migrate-worker-token/test/guide.test.ts';
  must('Updating the guide', 'vitest', ['run', '--project', 'migrate-worker-token', guide], {
    env: { ...env, UPDATE_DOCS: '1' },
  });
}

const [task, ...options] = process.argv.slice(2);
ensurePnpm();
if (task === 'version') {
  must('Versions and changelogs', 'changeset', ['version']);
  repeatVersions();
  if (!options.includes('--no-pages')) updatePages();
} else if (task === 'publish') {
  must('Publishing', 'changeset', ['publish']);
} else {
  fail(`release.mjs takes "version" or "publish", not "${task ?? ''}".`);
}
