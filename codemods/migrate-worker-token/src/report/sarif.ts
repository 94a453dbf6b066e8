/** The report as SARIF 2.1.0: sites that are left, for code scanning. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
import type { Report } from '../types.js';
import { sitesLeft } from './build-report.js';

export function sarifOf(report: Report): string {
  const left = sitesLeft(report);
  const rules = [...new Set(left.map((site) => site.pattern))].sort();
  const [name = 'migrate-worker-token', version = ''] = report.tool.split(/ (?=[^ ]*$)/);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, rules: rules.map((id) => ({ id, name: id })) } },
        columnKind: 'utf16CodeUnits',
        results: [...left.map(siteResult), ...unparsable(report)],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function siteResult(site: Report['sites'][number]) {
  const text = [site.reason ?? site.pattern, site.suggestion && `Instead: ${site.suggestion}`]
    .filter(Boolean)
    .join('\n');
  return result(site.pattern, text, site.file, { startLine: site.line, startColumn: Math.max(1, site.column) });
}

function unparsable(report: Report) {
  const files = report.files.filter((file) => file.status === 'unparsable');
  return files.map(({ file, message = '' }) => {
    const text = `This file does not parse and was passed over. ${message}`.trim();
    return result('unparsable', text, file, { startLine: Number(/^line (\d+)/.exec(message)?.[1] ?? 1) });
  });
}

function result(ruleId: string, text: string, file: string, region: object) {
  const artifactLocation = { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
  return {
    ruleId,
    level: 'warning',
    message: { text },
    locations: [{ physicalLocation: { artifactLocation, region } }],
  };
}
