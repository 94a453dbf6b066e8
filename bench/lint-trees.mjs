// What the plugin does on source trees that nobody wrote for it: `node bench/lint-trees.mjs <folder>… [--reports] [--write]`. Needs the built
// packages. Lints every ts, tsx, js, jsx, mjs and cjs file with `recommended` alone; counts files, crashes and reports.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import workerToken from '../packages/eslint-plugin/dist/index.js';
import { machine, writeSection } from './lint-report.mjs';

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folders.length === 0) {
  console.error('Expected folders of source trees. Example: node bench/lint-trees.mjs ../outline ../plane');
  process.exit(2);
}

const left = /^(node_modules|dist|build|out|\.git|\.next|coverage|vendor)$/;
const linted = /(?<!\.min|\.d)\.([cm]?[jt]s|[jt]sx)$/;
const files = '**/*.{js,jsx,ts,tsx,mjs,cjs,mts,cts}';

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !left.test(entry.name)) yield* sources(join(folder, entry.name));
    else if (entry.isFile() && linted.test(entry.name)) yield join(folder, entry.name);
  }
}

function lintTree(folder) {
  const linter = new Linter({ cwd: folder });
  const config = [
    {
      files: [files],
      languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    },
    { files: [files], ...workerToken.configs.recommended },
  ];
  const result = { files: 0, unparsable: 0, crashes: [], reports: [] };
  for (const file of sources(folder)) {
    result.files += 1;
    try {
      const messages = linter.verify(readFileSync(file, 'utf8'), config, { filename: file });
      if (messages.some(({ fatal }) => fatal)) result.unparsable += 1;
      for (const { fatal, ruleId, line, message } of messages)
        if (!fatal && ruleId) result.reports.push(`${file}:${line} ${ruleId} ${message.slice(0, 90)}`);
    } catch (error) {
      result.crashes.push(`${file}: ${error.message}`);
    }
  }
  return result;
}

const rows = folders.map((folder) => {
  const { files: count, unparsable, crashes, reports } = lintTree(resolve(folder));
  if (process.argv.includes('--reports')) console.log(reports.join('\n'));
  console.log(crashes.join('\n'));
  console.log(
    `${basename(folder)}: ${count} files, ${unparsable} not parsed, ${crashes.length} crashes, ${reports.length} reports`,
  );
  return `| ${basename(folder)} | ${count} | ${unparsable} | ${crashes.length} | ${reports.length} |`;
});
if (process.argv.includes('--write'))
  await writeSection('On public trees', [
    `\`node bench/lint-trees.mjs <folder>… --write\`, ${machine}. Every file, with \`recommended\`.`,
    '',
    '| tree | files | do not parse | crashes | reports |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ]);
