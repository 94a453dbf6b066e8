import fs from 'node:fs';
import { defineConfig } from 'tsup';
import { buildDelivery, buildTransform } from './scripts/build-delivery.js';
import { declarationsText } from './scripts/bundle-declarations.js';

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts', 'src/verify-thread.ts'],
  format: ['esm'],
  target: 'node20',
  dts: { entry: 'src/index.ts', compilerOptions: { ignoreDeprecations: '6.0' } },
  noExternal: ['@worker-token/legacy-signals'],
  clean: true,
  onSuccess: async () => {
    fs.writeFileSync('dist/declarations.json', declarationsText());
    await Promise.all([buildDelivery('dist'), buildTransform('dist/transform')]);
  },
});
