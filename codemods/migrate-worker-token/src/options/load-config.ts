/** Finds and loads the configuration file: JSON is parsed, JavaScript imported, TypeScript transpiled first. Its meaning is checked elsewhere. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { ConfigError } from '../errors.js';
import { checkedConfig, type WorkerTokenConfig } from './config.js';

const NAMES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((end) => `worker-token.config.${end}`);

export interface LoadedConfig {
  config: WorkerTokenConfig;
  /** Absolute; null where there is none. */
  file: string | null;
}

/**
 * @param start Folder to look from, upwards, when `explicit` is not given.
 * @throws ConfigError if the file cannot be read or means nothing.
 */
export async function loadConfig(start: string, explicit?: string): Promise<LoadedConfig> {
  const file = explicit ?? findConfig(start);
  if (file === null) return { config: {}, file: null };
  if (!fs.existsSync(file)) throw new ConfigError(`--config: there is no file ${file}.`);
  return { config: checkedConfig(await load(file), file), file };
}

function findConfig(start: string): string | null {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const found = NAMES.map((name) => path.join(folder, name)).find((name) => fs.existsSync(name));
    if (found) return found;
    if (folder === path.dirname(folder)) return null;
  }
}

async function load(file: string): Promise<unknown> {
  try {
    switch (path.extname(file)) {
      case '.json':
        return JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
      case '.ts':
      case '.mts':
        return await loadTypeScript(file);
      case '.js':
      case '.mjs':
      case '.cjs':
        return ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${file} cannot be read: ${reason}`, { cause });
  }
  throw new ConfigError(`${file}: expected .ts, .js or .json, for example worker-token.config.json.`);
}

/** Runs as CommonJS, in memory: nothing is written beside the file. */
async function loadTypeScript(file: string): Promise<unknown> {
  const { ts } = await import('ts-morph');
  const { outputText, diagnostics } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    fileName: file,
    reportDiagnostics: true,
  });
  const [error] = diagnostics ?? [];
  if (error) throw new SyntaxError(ts.flattenDiagnosticMessageText(error.messageText, ' '));
  const module: { exports: { default?: unknown } } = { exports: {} };
  const run = vm.runInThisContext(`(function (module, exports, require) {${outputText}\n})`, { filename: file }) as (
    ...args: unknown[]
  ) => void;
  run(module, module.exports, createRequire(file));
  return module.exports.default ?? module.exports;
}
