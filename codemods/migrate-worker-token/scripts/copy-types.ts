/** Puts the built type declarations of the runtime packages into `dist/types`: they travel with the engine. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** @throws Error if a package is not built yet. */
export function copyTypes(): void {
  for (const name of ['storage', 'manager', 'react']) {
    const source = path.resolve(HERE, '../../../packages', name);
    const target = path.resolve(HERE, '../dist/types', name);
    if (!fs.existsSync(path.join(source, 'dist/index.d.ts'))) {
      throw new Error(`packages/${name} is not built: run the build from the repository's root, it builds in order.`);
    }
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(path.join(source, 'dist'), target, { recursive: true, filter: isDeclaration });
    const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string };
    fs.writeFileSync(
      path.join(target, 'package.json'),
      `${JSON.stringify({ name: `@worker-token/${name}`, version })}\n`,
    );
  }
}

function isDeclaration(file: string): boolean {
  return fs.statSync(file).isDirectory() || file.endsWith('.d.ts');
}
