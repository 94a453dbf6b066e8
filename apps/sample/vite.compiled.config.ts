// The same app after the React Compiler, in `.cache/compiled/sample`: all components and hooks of the app, the kit and packages/react.
// What the compiler leaves as it is stands on the console; nothing of packages/react may be among it.
import babel from '@rolldown/plugin-babel';
import { reactCompilerPreset } from '@vitejs/plugin-react';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vite';
import base from './vite.config.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = `${root}.cache/compiled/sample`;

interface CompilerEvent {
  kind: string;
  detail?: { description?: string | null; reason?: string };
}

let compiled = 0;
const left: string[] = [];

const logger = {
  logEvent(file: string | null, { kind, detail }: CompilerEvent) {
    if (kind === 'CompileSuccess') compiled++;
    if (kind === 'CompileError' || kind === 'PipelineError')
      left.push(`${relative(root, file ?? '')}: ${detail?.reason ?? detail?.description ?? kind}`);
  },
};

const preset = reactCompilerPreset({ logger });
preset.rolldown.filter = { ...preset.rolldown.filter, id: { exclude: /\/node_modules\// } };

export default mergeConfig(
  base,
  defineConfig({
    plugins: [
      babel({ presets: [preset] }),
      {
        name: 'compiler-report',
        buildEnd(error) {
          if (error) return;
          console.log(
            [`${compiled} components and hooks compiled, left as they are: ${left.length}`, ...left].join('\n  '),
          );
          if (compiled === 0) this.error('The React Compiler has compiled nothing.');
          const ours = left.filter((line) => line.startsWith('packages/react/'));
          if (ours.length > 0) this.error('The React Compiler must be able to compile all of packages/react.');
        },
      },
    ],
    build: { outDir, emptyOutDir: true },
  }),
);
