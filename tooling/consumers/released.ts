// Before the tests of this folder: all packages released to a registry on loopback, once.
import type { TestProject } from 'vitest/node';
import { startRegistry } from './registry.js';
import { release, type Released } from './release.js';

declare module 'vitest' {
  interface ProvidedContext {
    released: Released & { npmrc: string; url: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const registry = await startRegistry();
  const { url, npmrc } = registry;
  project.provide('released', { ...(await release(registry)), url, npmrc });
  return () => registry.close();
}
