import type { Linter } from 'eslint';

interface WithPreset {
  configs: { recommended: Linter.Config };
}

export interface Case {
  category: string;
  label: 'bad' | 'ok';
  what: string;
  name: string;
  code: string;
}

export interface JudgedCase extends Case {
  reports: string[];
  fatal: boolean;
}

export interface Score {
  bad: number;
  ok: number;
  hits: number;
  wrong: number;
  recall: number;
  precision: number;
}

export function readCases(folder?: URL): Case[];
export function configFor(plugin: WithPreset): Linter.Config[];
export function judgeCases(plugin: WithPreset, LinterClass?: typeof Linter, folder?: URL): JudgedCase[];
export function score(cases: JudgedCase[]): Score;
