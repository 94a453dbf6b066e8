/** The folder that is published to the Codemod registry: the manifest, the workflows, and the bundles. Nothing else of the package. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const MANIFESTS = ['codemod.yaml', 'workflow.yaml', 'workflow-sharded.yaml'];
export const BUNDLES = ['engine.cjs', 'list-sites.js', 'shard-folders.js'];

/**
 * @param dist Where the bundles are.
 * @param target Made anew.
 */
export function assembleRegistryPackage(dist: string, target: string): void {
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(path.join(target, 'dist'), { recursive: true });
  for (const name of [...MANIFESTS, 'README.md']) fs.copyFileSync(path.join(PACKAGE, name), path.join(target, name));
  for (const name of BUNDLES) fs.copyFileSync(path.join(dist, name), path.join(target, 'dist', name));
}
