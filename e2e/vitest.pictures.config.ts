/** Takes the pictures of the sample app that the documentation shows: `vitest run --config e2e/vitest.pictures.config.ts`. */
import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

const pictures = mergeConfig(base, { test: { name: 'pictures', retry: 0 } });
pictures.test!.include = ['specs/pictures/*.test.ts'];

export default pictures;
