// Every defect that the package's sources know: the evaluation set's, and the invalid cases of all rules' tests.
import { readdirSync } from 'node:fs';
import * as parser from '@typescript-eslint/parser';
import { Linter, RuleTester } from 'eslint';
import { configFor, readCases } from '../evaluation/run.mjs';
import plugin from '../src/index.js';

export interface Defect {
  name: string;
  code: string;
  config: Linter.Config[];
}

interface InvalidCase {
  code: string;
  filename?: string;
  options?: unknown[];
  settings?: Record<string, unknown>;
}

const folder = new URL('../src/rules/', import.meta.url);
const files = ['**/*.{js,jsx,ts,tsx,mjs,cjs}'];

function configOf(rule: string, { options = [], settings = {} }: InvalidCase): Linter.Config[] {
  const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } } as Linter.LanguageOptions;
  const rules = { [`worker-token/${rule}`]: ['error', ...options] } as Linter.RulesRecord;
  return [{ files, languageOptions, settings, plugins: plugin.configs.recommended.plugins ?? {}, rules }];
}

/** The tests are read with a tester that runs nothing and keeps what it is given. */
async function invalidCases(): Promise<Defect[]> {
  const found: Defect[] = [];
  const { run } = RuleTester.prototype;
  RuleTester.prototype.run = (rule, _, { invalid }) => {
    for (const one of invalid as InvalidCase[])
      found.push({ name: one.filename ?? 'page.tsx', code: one.code, config: configOf(rule, one) });
  };
  try {
    for (const file of readdirSync(folder).filter((name) => /^no-.*\.test\.ts$/.test(name)))
      await import(/* @vite-ignore */ new URL(file, folder).href);
  } finally {
    RuleTester.prototype.run = run;
  }
  return found;
}

export async function allDefects(): Promise<Defect[]> {
  const evaluated = readCases()
    .filter(({ label }) => label === 'bad')
    .map(({ name, code }) => ({ name, code, config: configFor(plugin) }));
  return [...evaluated, ...(await invalidCases())];
}

/** One suggestion, applied. */
export interface Applied extends Defect {
  title: string;
  output: string;
  /** Reports on the code as it was, and as it is now; fatal ones as text. */
  before: number;
  after: number;
  fatal: string[];
}

export function applySuggestions(defects: Defect[]): Applied[] {
  const linter = new Linter({ cwd: '/' });
  return defects.flatMap((defect) => {
    const messages = linter.verify(defect.code, defect.config, { filename: defect.name });
    return messages.flatMap(({ suggestions = [] }) =>
      suggestions.map(({ fix, desc }) => {
        const output = defect.code.slice(0, fix.range[0]) + fix.text + defect.code.slice(fix.range[1]);
        const now = linter.verify(output, defect.config, { filename: defect.name });
        const fatal = now.filter((message) => message.fatal).map(({ message }) => message);
        return { ...defect, title: desc, output, before: messages.length, after: now.length, fatal };
      }),
    );
  });
}
