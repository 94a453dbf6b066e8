/** Makes the checked options of a run from what the command line and the configuration say. */
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.js';
import type { MigrateOptions } from '../types.js';
import { loadConfig } from './load-config.js';
import { joinSignals } from './signals.js';

/** As given on the command line, not checked against the disk yet. */
export interface RawOptions {
  paths: string[];
  dryRun: boolean;
  check: boolean;
  force: boolean;
  verify: boolean;
  installDep: boolean;
  mark: boolean;
  bestEffort: boolean;
  config?: string;
  tsconfig?: string;
  importFrom?: string;
  gate?: string;
  react?: string;
  concurrency?: string;
  presets: string[];
  keys: string[];
  tokenKeys: string[];
  endpoints: string[];
}

/**
 * @param cwd What relative paths refer to.
 * @throws UsageError or ConfigError with what was expected and what came.
 */
export async function resolveOptions(raw: RawOptions, cwd: string): Promise<MigrateOptions> {
  const paths = (raw.paths.length > 0 ? raw.paths : ['.']).map((given) => existing(given, cwd));
  const root = rootOf(paths, fs.realpathSync(cwd));
  const { config, file } = await loadConfig(folderOf(paths[0] ?? cwd), raw.config && path.resolve(cwd, raw.config));
  const presets = [...[config.preset ?? []].flat(), ...raw.presets];
  const tsconfig = raw.tsconfig
    ? path.resolve(cwd, raw.tsconfig)
    : config.tsconfig && path.resolve(path.dirname(file ?? cwd), config.tsconfig);
  if (tsconfig && !fs.existsSync(tsconfig)) throw new UsageError(`--tsconfig: there is no file ${tsconfig}.`);
  const importFrom = raw.importFrom ?? config.importFrom;
  return {
    root,
    paths,
    dryRun: raw.dryRun,
    check: raw.check,
    verify: raw.verify,
    force: raw.force,
    installDep: raw.installDep && (config.installDep ?? true),
    gate: oneOf('--gate', raw.gate ?? config.gate ?? 'render', ['render', 'entry']),
    react: oneOf('--react', raw.react ?? config.react ?? 'hooks', ['hooks', 'peek']),
    mark: raw.mark,
    bestEffort: raw.bestEffort,
    concurrency: countOf('--concurrency', raw.concurrency ?? '1'),
    ...(importFrom && { importFrom }),
    ...(tsconfig && { tsconfig }),
    signals: joinSignals(presets, [
      {
        credentialKeys: config.keys ?? [],
        tokenKeys: config.tokenKeys ?? [],
        expiryKeys: config.expiryKeys ?? [],
        endpoints: config.endpoints ?? [],
        globalFallbacks: config.globalFallbacks ?? [],
        explicitKeys: [...(config.keys ?? []), ...(config.tokenKeys ?? [])],
      },
      {
        credentialKeys: raw.keys,
        tokenKeys: raw.tokenKeys,
        endpoints: raw.endpoints,
        explicitKeys: [...raw.keys, ...raw.tokenKeys],
      },
    ]),
  };
}

function oneOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const word = words.find((known) => known === value);
  if (word) return word;
  throw new UsageError(`${option} must be ${words.join(' or ')}, not "${value}". Example: ${option} ${words[0] ?? ''}`);
}

function countOf(option: string, value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new UsageError(`${option} must be a whole number from 1 to 64, not "${value}". Example: ${option} 2`);
}

function existing(given: string, cwd: string): string {
  const full = path.resolve(cwd, given);
  if (fs.existsSync(full)) return fs.realpathSync(full);
  throw new UsageError(`There is no file or folder "${given}" in ${cwd}. Example: migrate-worker-token src`);
}

/** Paths in reports are relative to the current folder; where a path lies outside of it, to the folder all have in common. */
function rootOf(paths: string[], cwd: string): string {
  const inside = (folder: string) => paths.every((file) => !path.relative(folder, file).startsWith('..'));
  let root = cwd;
  if (!inside(root)) root = folderOf(paths[0] ?? cwd);
  while (!inside(root)) root = path.dirname(root);
  return root;
}

function folderOf(file: string): string {
  return fs.statSync(file).isDirectory() ? file : path.dirname(file);
}
