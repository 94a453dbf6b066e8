/** The built type declarations of the runtime packages, as one text: they travel with the engine. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** @throws Error if a package is not built yet. */
export function declarationsText(): string {
  const files: Record<string, string> = {};
  for (const name of ['storage', 'manager', 'react']) {
    const dist = path.resolve(HERE, '../../../packages', name, 'dist');
    if (!fs.existsSync(path.join(dist, 'index.d.ts'))) {
      throw new Error(`packages/${name} is not built: run the build from the repository's root, it builds in order.`);
    }
    const names = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
    for (const file of names) files[`${name}/${file}`] = fs.readFileSync(path.join(dist, file), 'utf8');
  }
  const manifest = fs.readFileSync(path.resolve(HERE, '../../../packages/manager/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return JSON.stringify({ version, files });
}
