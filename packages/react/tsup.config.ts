import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    devtools: 'src/devtools/index.ts',
    'devtools-production': 'src/devtools/production.ts',
  },
  format: ['esm'],
  target: 'es2022',
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  banner: { js: "'use client';" },
  clean: true,
});
