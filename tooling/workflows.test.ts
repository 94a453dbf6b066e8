// The workflows that may publish: actions are pinned to what was reviewed, rights are given one by one, and the commands exist.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files, root } from './repository.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const workflows = files('.github/workflows');

it('are there', () => {
  expect(workflows.map((file) => file.split('/').at(-1)).sort()).toEqual(['ci.yml', 'release.yml']);
});

describe.each(workflows)('%s', (file) => {
  const text = read(file);

  it('pins every action to a commit, and says which version that is', () => {
    const used = [...text.matchAll(/uses: (.+)/g)].map((match) => match[1] ?? '');
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  });

  it('gives no right to all jobs, and each job what it needs', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const jobs = text
      .slice(text.indexOf('\njobs:'))
      .split(/^ {2}(?=[\w-]+:$)/m)
      .slice(1);
    expect(jobs.filter((job) => !/^ {4}permissions:$/m.test(job))).toEqual([]);
    expect(text).not.toMatch(/secrets\.|pull_request_target/);
  });

  it('calls commands of package.json', () => {
    const run = [...text.matchAll(/(?:run|version): npm (?:run )?([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(run.length).toBeGreaterThan(0);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('keeps the screenshots that the end-to-end suite takes, also of a run that failed', () => {
  const step = read('.github/workflows/ci.yml')
    .split('\n      - ')
    .find((text) => text.includes('upload-artifact'));
  expect(step).toContain('if: ${{ !cancelled() }}');
  expect(step).toContain('path: .cache/screenshots');
  expect(step).toContain('include-hidden-files: true');
  expect(read('e2e/src/target.ts')).toContain("'.cache/screenshots'");
});
