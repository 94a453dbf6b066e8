/**
 * The report as SARIF 2.1.0: sites that are left, for code scanning.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import { createHash } from 'node:crypto';
import type { Report } from '../types.js';
import { sitesLeft } from './build-report.js';

const HOME = 'https://www.npmjs.com/package/@worker-token/codemod';

export interface SarifOptions {
  /** What leads from the repository's root to the report's: `packages/web/`. Code scanning wants paths from the repository's root. */
  prefix?: string;
}

interface Finding {
  rule: string;
  text: string;
  file: string;
  region: { startLine: number; startColumn?: number; snippet?: { text: string } };
  /** What makes it the same finding after lines above were added. */
  identity: string;
}

export function sarifOf(report: Report, { prefix = '' }: SarifOptions = {}): string {
  const findings = [...sitesLeft(report).map(siteFinding), ...unparsable(report)];
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const [name = 'migrate-worker-token', version = '0.0.0'] = report.tool.split(/ (?=[^ ]*$)/);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, informationUri: HOME, rules: rules.map(ruleOf) } },
        automationDetails: { id: `migrate-worker-token/${prefix}` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        results: resultsOf(findings, rules, prefix),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string) {
  const text =
    id === 'unparsable'
      ? 'A file that does not parse was passed over.'
      : `Code that keeps worker credentials or a worker token by itself (${id}).`;
  const help =
    'Use workerTokenManager instead: the message says how. Run `npx @worker-token/codemod --report migration.html` to see each place with its code.';
  return {
    ...{ id, name: id, helpUri: HOME },
    shortDescription: { text },
    fullDescription: { text: `${text} It was not migrated, because the result could have behaved differently.` },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['maintainability', 'migration'], precision: 'high' },
  };
}

function siteFinding(site: Report['sites'][number]): Finding {
  const { file, line, column, pattern, before } = site;
  const suggestion = site.suggestion === undefined ? [] : [`Instead: ${site.suggestion}`];
  return {
    rule: pattern,
    text: [site.reason ?? pattern, ...suggestion].join('\n'),
    file,
    region: { startLine: line, startColumn: Math.max(1, column), snippet: { text: before } },
    identity: before.replace(/\s+/g, ' '),
  };
}

function unparsable({ files }: Report): Finding[] {
  const own = files.filter((file) => file.status === 'unparsable');
  return own.map(({ file, message = '' }) => ({
    rule: 'unparsable',
    text: `This file does not parse and was passed over. ${message}`.trim(),
    file,
    region: { startLine: Number(/^line (\d+)/.exec(message)?.[1] ?? 1) },
    identity: 'unparsable',
  }));
}

function resultsOf(findings: readonly Finding[], rules: readonly string[], prefix: string) {
  const seen = new Map<string, number>();
  return findings.map(({ rule, text, file, region, identity }) => {
    const uri = (prefix + file).split('/').map(encodeURIComponent).join('/');
    const key = [rule, uri, identity].join('\0');
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
    return {
      ...{ ruleId: rule, ruleIndex: rules.indexOf(rule), level: 'warning', message: { text } },
      locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region } }],
      partialFingerprints: { primaryLocationLineHash: `${hash}:${occurrence}` },
    };
  });
}
