import { defineConfig } from 'tsup';
import { copyTypes } from './scripts/copy-types.js';

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts'],
  format: ['esm'],
  target: 'node20',
  dts: { entry: 'src/index.ts', compilerOptions: { ignoreDeprecations: '6.0' } },
  noExternal: ['@worker-token/legacy-signals'],
  clean: true,
  onSuccess: async () => copyTypes(),
});
