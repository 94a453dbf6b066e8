// JSON as people write it in configuration files: with comments and commas at the end. A file that is missing or broken is empty.
import { readFileSync } from 'node:fs';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');

const texts = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*(?:\/\/[^\n]*\s*)*[}\]])/g;

export function readJson(path: string): Json {
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const value: unknown = JSON.parse(text.replaceAll(texts, (part) => (part.startsWith('"') ? part : '')));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
