// `npm run new tier|rule|pattern <name>`: the files of a new one, wired up, in a state that passes its checks. What they say is then yours.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const templates = join(dirname(fileURLToPath(import.meta.url)), 'templates');
const here = join(templates, '..', '..');

const rules = 'packages/eslint-plugin';
const codemod = 'codemods/migrate-worker-token';

/** `files`: template and where it goes. `wire`: file, what is looked for, and what it becomes. */
const kinds = {
  tier: {
    files: {
      'tier.ts': 'packages/storage/src/tiers/__name__-tier.ts',
      'tier.test.ts': 'packages/storage/src/tiers/__name__-tier.test.ts',
      'page.md': 'docs/tiers/__name__.md',
    },
    wire: [
      [
        'packages/storage/src/index.ts',
        /^(?=export \{ memoryTier \})/m,
        "export { __camel__Tier } from './tiers/__name__-tier.js';\n",
      ],
    ],
    next: [
      'vitest run --project storage __name__-tier',
      'a line in docs/tiers/README.md, and a proof with two processes if it says atomic',
    ],
  },
  rule: {
    files: {
      'rule.ts': `${rules}/src/rules/__name__.ts`,
      'rule.test.ts': `${rules}/src/rules/__name__.test.ts`,
      'page.md': `${rules}/docs/rules/__name__.md`,
    },
    wire: [
      [`${rules}/src/index.ts`, /^(?=\nconst rules = \{)/m, "import { __camel__ } from './rules/__name__.js';\n"],
      [`${rules}/src/index.ts`, /(?<=^const rules = \{[\s\S]*?)(?=^\};)/m, "  '__name__': __camel__,\n"],
    ],
    next: [
      `npm run build, then npm run docs in ${rules}: the head of the page and the table of the README`,
      'vitest run --project eslint-plugin __name__',
    ],
  },
  pattern: {
    files: {
      'before.ts': `${codemod}/fixtures/__name__/before/src/__name__.ts`,
      'package.json': `${codemod}/fixtures/__name__/before/package.json`,
    },
    wire: [],
    next: [
      `UPDATE_FIXTURES=1 vitest run --project migrate-worker-token ${codemod}/test/fixtures.test.ts -t "__name__": writes what the codemod makes of it`,
      'read the after as a reviewer would; then the recogniser in src/plan, until it is what you would have written by hand',
      'a page in docs/patterns, if the report shall call the place by a new name',
    ],
  },
};

/** `session-cookie` → `sessionCookie`, `session cookie`, `Session cookie`. */
function filled(text, name) {
  const words = name.replaceAll('-', ' ');
  return text
    .replaceAll('__name__', name)
    .replaceAll(
      '__camel__',
      name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
    )
    .replaceAll('__Words__', words[0].toUpperCase() + words.slice(1))
    .replaceAll('__words__', words);
}

/** @returns What was written, and what to do next. Throws, before anything is written, an Error that says what is wrong. */
export function generate(kind, name, root = here) {
  const { files, wire, next } = kinds[kind] ?? {};
  if (!files) throw new Error(`npm run new takes ${Object.keys(kinds).join(', ')} and a name; got "${kind ?? ''}".`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? '')) {
    throw new Error(`A ${kind} has a name in kebab-case, such as session-cookie; got "${name ?? ''}".`);
  }
  const targets = Object.entries(files).map(([template, target]) => [template, filled(target, name)]);
  const taken = targets.find(([, target]) => existsSync(join(root, target)));
  if (taken) throw new Error(`${taken[1]} is there already. Choose another name.`);
  const edits = wire.map(([file, place, text]) => {
    if (!place.test(readFileSync(join(root, file), 'utf8')))
      throw new Error(`${file}: no place found for ${text.trim()}`);
    return () =>
      writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(place, filled(text, name)));
  });
  for (const [template, target] of targets) {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    writeFileSync(join(root, target), filled(readFileSync(join(templates, kind, `${template}.txt`), 'utf8'), name));
  }
  for (const edit of edits) edit();
  return { written: targets.map(([, target]) => target), next: next.map((step) => filled(step, name)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { written, next } = generate(process.argv[2], process.argv[3]);
    console.log(`Written:\n  ${written.join('\n  ')}\n\nNext:\n  ${next.join('\n  ')}`);
  } catch (error) {
    console.error(`✖ ${error.message}`);
    process.exitCode = 1;
  }
}
