import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@worker-token/source', 'module', 'browser', 'development|production'] },
  build: { sourcemap: true, chunkSizeWarningLimit: 900 },
});
