/** Files that a browser gets as they are written: nobody resolves the name of a package in them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isTestPath } from '@worker-token/legacy-signals';
import { packageFolder } from '../setup-module/place-setup.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

const SERVED = new Set(['public', 'static', 'assets']);
const SOURCES = new Set(['src', 'app', 'lib']);
const BUNDLER =
  /"(?:vite|webpack|rollup|esbuild|parcel|@parcel\/\w+|next|nuxt|react-scripts|browserify|@rspack\/core|@angular\/cli|@sveltejs\/kit|astro|tsup|snowpack|gulp|laravel-mix)"\s*:/;

/** Under `public/`, `static/` or `assets/`, and not imported by a file that a bundler takes. */
export function isServedAsIs(project: Project, module: Module): boolean {
  const folder = packageFolder(module.path, project.root);
  if (!isInServedFolder(folder, module) || !/\.m?js$/.test(module.path)) return false;
  return !hasBundler(folder) || !isImportedBySources(project, module);
}

function isInServedFolder(folder: string, module: Module): boolean {
  const parts = relative(folder, module.path).split(sep).slice(0, -1);
  return parts.some((part) => SERVED.has(part)) && !parts.some((part) => SOURCES.has(part));
}

function hasBundler(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && BUNDLER.test(readFileSync(file, 'utf8'));
}

/** Directly, or through other served files. */
function isImportedBySources(project: Project, module: Module, seen = new Set<Module>()): boolean {
  seen.add(module);
  const importers = project.modules.filter(
    (other) => !seen.has(other) && other.specifiers.some((from) => project.resolve(other, from) === module.path),
  );
  return importers.some((other) => {
    if (isTestPath(other.rel)) return false;
    const folder = packageFolder(other.path, project.root);
    return !isInServedFolder(folder, other) || isImportedBySources(project, other, seen);
  });
}
