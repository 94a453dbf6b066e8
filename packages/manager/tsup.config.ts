import { defineConfig } from 'tsup';

// One file each: a page's own bundler then takes what is used, and splits off what is loaded later, file by file.
export default defineConfig({
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/types/**'],
  bundle: false,
  format: ['esm'],
  target: 'es2022',
  dts: { entry: ['src/index.ts', 'src/core.ts', 'src/grant.ts'], compilerOptions: { ignoreDeprecations: '6.0' } },
  clean: true,
});
