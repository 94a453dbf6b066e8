import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonViolations, sarifViolations } from '../../test/json-schema.js';
import { project } from '../../test/project.js';
import { UsageError } from '../errors.js';
import type { Report, Site, VerifyResult } from '../types.js';
import { buildReport, sitesLeft } from './build-report.js';
import { colorsFor } from './colors.js';
import { diffOf } from './diff.js';
import { htmlOf } from './html/page.js';
import { sarifOf } from './sarif.js';
import { summaryOf } from './summary.js';
import { assertReportKinds, writeReport } from './write-report.js';

const PLAIN = colorsFor({}, {});

function site(more: Partial<Site>): Site {
  const place = { file: 'src/a.ts', line: 3, column: 5, pattern: 'read-token' };
  return { ...place, status: 'migrated', before: 'old()', component: 'c', ...more };
}

function sample(sites: Site[], rolledBack = new Map<string, string>()): Report {
  const diagnostic = { file: 'src/b.ts', line: 1, code: 'TS1', message: 'wrong' };
  const result: VerifyResult = {
    diagnosticsBefore: 2,
    diagnosticsAfter: 2,
    floatingPromises: 0,
    newDiagnostics: new Map(),
    rolledBack,
    takenBack: new Map(rolledBack.size > 0 ? [['src/b.ts', [diagnostic]]] : []),
  };
  const edits = sites
    .filter((s) => s.status === 'migrated')
    .map((s) => ({ file: `/app/${s.file}`, start: 0, end: 1, text: '', component: s.component }));
  const standing = edits.filter((edit) => !rolledBack.has(edit.component));
  return buildReport({
    tool: 'migrate-worker-token 1.2.3',
    options: { root: '/app', dryRun: false, check: false },
    scanned: { filesScanned: 9, ignored: ['dist/bundle.js'] },
    plan: { sites, edits, unparsable: [{ file: 'src/broken.ts', message: 'line 7, column 2: Unexpected token' }] },
    changes: standing.map((edit) => ({ path: edit.file, before: 'x', after: 'y', components: [edit.component] })),
    result,
    timings: { scanMs: 1, planMs: 2, rewriteMs: 3, verifyMs: 4 },
    relative: (file) => file.replace('/app/', ''),
  });
}

const MIXED = sample(
  [
    site({ after: 'new()' }),
    site({ file: 'src/b.ts', component: 'bad', after: 'worse()' }),
    site({
      file: 'src/c.tsx',
      status: 'manual',
      reason: 'autosave: it saves on every keystroke',
      suggestion: 'save on submit',
      component: 'm',
    }),
    site({ file: 'src/d.ts', status: 'skipped', reason: 'dead-key: nothing uses it', component: 'd' }),
  ],
  new Map([['bad', 'type-error: src/b.ts:1 has TS1 wrong']]),
);

describe('the report', () => {
  it('fits its published schema', () => {
    expect(jsonViolations(JSON.parse(JSON.stringify(MIXED)))).toEqual([]);
    expect(jsonViolations({ ...MIXED, version: 2 })).toEqual(['/version must be equal to constant']);
    expect(jsonViolations({ ...MIXED, more: 1 })).toHaveLength(1);
  });

  it('counts what its lists say', () => {
    expect(MIXED.summary).toEqual({
      filesScanned: 9,
      filesWithSites: 4,
      filesChanged: 1,
      filesRolledBack: 1,
      filesUnparsable: 1,
      sites: 4,
      migrated: 1,
      manual: 1,
      skipped: 1,
      rolledBack: 1,
    });
    expect(MIXED.files.map(({ file, status }) => [file, status])).toEqual([
      ['dist/bundle.js', 'ignored'],
      ['src/a.ts', 'changed'],
      ['src/b.ts', 'rolled-back'],
      ['src/broken.ts', 'unparsable'],
      ['src/c.tsx', 'unchanged'],
      ['src/d.ts', 'unchanged'],
    ]);
  });

  it('gives a site that was taken back the error as its reason, and its replacement as a suggestion', () => {
    expect(sitesLeft(MIXED)[0]).toEqual({
      ...{ file: 'src/b.ts', line: 3, column: 5, pattern: 'read-token', before: 'old()', status: 'rolled-back' },
      reason: 'type-error: src/b.ts:1 has TS1 wrong',
      suggestion: 'worse()',
    });
    expect(MIXED.files.find((file) => file.file === 'src/b.ts')?.newDiagnostics).toMatchObject([{ code: 'TS1' }]);
  });
});

describe('the summary', () => {
  const summary = (report: Report, more = {}) =>
    summaryOf({ report, colors: PLAIN, install: 'npm install', verified: true, mode: 'write', ...more });

  it('says what was done, what is left and why, and what to do next', () => {
    expect(summary(MIXED)).toMatchInlineSnapshot(`
      "migrate-worker-token 1.2.3: 9 files in 0.0 s

        4 sites in 4 files
        1 migrated, 1 file changed
        1 left for you
        1 rolled back: the change would have made the project worse
        1 skipped
        1 file that could not be parsed
        1 file passed over: bundles, backups, generated files
        verified: type errors in the files concerned 2 before, 2 after; no new promise that nobody awaits

      Left for you
        src/b.ts:3:5  read-token, rolled back
            type-error: src/b.ts:1 has TS1 wrong
            → worse()
        src/c.tsx:3:5  read-token
            autosave: it saves on every keystroke
            → save on submit

      Not parsed, passed over
        src/broken.ts
            line 7, column 2: Unexpected token

      Next
        npm install
        git diff
        migrate-worker-token --undo   (takes it back)
      "
    `);
  });

  it('is two lines where there was nothing to do', () => {
    const report = { ...sample([]), files: [] };
    report.summary.filesUnparsable = 0;

    expect(summary(report)).toBe(
      'migrate-worker-token 1.2.3: 9 files in 0.0 s\nNo code here stores worker credentials or requests a worker token by itself. Nothing to do.\n',
    );
  });

  it('keeps control characters of the source from the terminal', () => {
    const report = sample([site({ status: 'manual', reason: 'odd: \u001b[31mred\u0007', component: 'm' })]);

    // eslint-disable-next-line no-control-regex
    expect(summary(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('colours', () => {
  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { CI: '1' }, false],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{}, {}, false],
    [{}, { FORCE_COLOR: '1' }, true],
  ])('for %j with %j: %s', (stream, env, on) => {
    expect(colorsFor(stream, env).isColorSupported).toBe(on);
  });
});

describe('the diff', () => {
  it('is one that git and patch can apply', () => {
    const changes = [
      { path: '/app/src/a.ts', before: 'one\ntwo\n', after: 'one\n2\n', components: [] },
      { path: '/app/src/made.ts', before: null, after: 'made\n', components: [] },
    ];

    expect(diffOf(changes, '/app', PLAIN)).toBe(
      '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n--- /dev/null\n+++ b/src/made.ts\n@@ -0,0 +1,1 @@\n+made\n',
    );
  });
});

describe('the HTML report', () => {
  it('escapes everything that comes from the code', () => {
    const evil = '</pre><script>alert("x")</script>';
    const html = htmlOf(sample([site({ before: evil, after: evil, file: `src/"><img src=x>.ts`, pattern: evil })]));

    expect(html).not.toContain('alert("x")');
    expect(html).not.toContain('<img');
    expect(html.match(/<script>/g)).toHaveLength(1);
  });

  it('has every site, and loads nothing from elsewhere', () => {
    const html = htmlOf(MIXED);

    expect(html.match(/<article /g)).toHaveLength(MIXED.sites.length);
    expect(html).toContain('1 of 4 sites migrated');
    expect(html).not.toMatch(/(src|href)="https?:/);
  });
});

describe('the SARIF report', () => {
  it('lists what is left, with its place', () => {
    const log = JSON.parse(sarifOf(MIXED)) as {
      runs: { results: { ruleId: string; level: string; locations: unknown }[] }[];
    };

    expect(log.runs[0]?.results.map((result) => result.ruleId)).toEqual(['read-token', 'read-token', 'unparsable']);
    expect(log.runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/b.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 5, snippet: { text: 'old()' } },
        },
      },
    ]);
    const place = { region: { startLine: 7 }, artifactLocation: { uri: 'src/broken.ts' } };
    expect(log.runs[0]?.results[2]?.locations).toMatchObject([{ physicalLocation: place }]);
  });
});

describe('SARIF for code scanning', () => {
  it('fits the official schema, with results and without', () => {
    for (const report of [MIXED, sample([])]) expect(sarifViolations(sarifOf(report))).toEqual([]);
    expect(sarifViolations(sarifOf(MIXED).replace('"2.1.0"', '"2.0"'))).not.toEqual([]);
    expect(sarifViolations(sarifOf(MIXED).replace('"startLine": 3', '"startLine": 0'))).not.toEqual([]);
  });

  it('has what code scanning asks for: described rules, and a fingerprint that stays when lines move', () => {
    const moved = sample([
      site({ status: 'manual', reason: 'autosave: x', before: 'save(a,\n  b)' }),
      site({ status: 'manual', reason: 'autosave: x', before: 'save(a,\n  b)', line: 30 }),
    ]);
    const before = runOf(moved);
    const after = runOf({ ...moved, sites: moved.sites.map((at) => ({ ...at, line: at.line + 7 })) });

    const fingerprints = (run: Run) =>
      run.results.map(({ partialFingerprints: prints }) => prints.primaryLocationLineHash);
    expect(fingerprints(after)).toEqual(fingerprints(before));
    expect(new Set(fingerprints(before)).size).toBe(before.results.length);
    for (const result of before.results) expect(before.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    for (const rule of before.tool.driver.rules)
      expect(rule).toMatchObject({ shortDescription: {}, help: {}, helpUri: {} });
  });

  it('names files from the root of the repository', () => {
    const root = project({ '.git/HEAD': '', 'packages/web/a.ts': '' });
    writeReport({ ...MIXED, root: path.join(root, 'packages/web') }, path.join(root, 'r.sarif'));

    expect(fs.readFileSync(path.join(root, 'r.sarif'), 'utf8')).toContain('"uri": "packages/web/src/b.ts"');
  });
});

interface Run {
  tool: { driver: { rules: { id: string }[] } };
  results: { ruleId: string; ruleIndex: number; partialFingerprints: { primaryLocationLineHash: string } }[];
}

const runOf = (report: Report) => (JSON.parse(sarifOf(report)) as { runs: [Run] }).runs[0];

describe('report files', () => {
  it('are written by extension, with their folder', () => {
    const root = project({});
    for (const name of ['r.json', 'r.sarif', 'deep/r.html']) writeReport(MIXED, path.join(root, name));

    expect(JSON.parse(fs.readFileSync(path.join(root, 'r.json'), 'utf8'))).toEqual(MIXED);
    expect(fs.readFileSync(path.join(root, 'deep/r.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('must have an extension that means something', () => {
    expect(() => assertReportKinds(['a.json', 'b.xml'])).toThrow(UsageError);
    expect(() => assertReportKinds(['b.xml'])).toThrow('--report: "b.xml" must end in one of .json, .sarif, .html.');
  });
});
