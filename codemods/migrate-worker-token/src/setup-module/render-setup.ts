/** The text of a set-up module: it configures the default manager and hands it on. */
import type { SetupModule } from '../types.js';
import { describeSetup, type SetupContent } from './describe-setup.js';

export function renderSetup(setup: SetupModule, excluded: ReadonlySet<string> = new Set()): string {
  if (setup.delegate !== undefined) return renderDelegate(setup, setup.delegate);
  const content = describeSetup(setup, excluded);
  const { quote, semicolons, indent, eol } = setup.style;
  const end = semicolons ? ';' : '';
  const q = (text: string) => `${quote}${text}${quote}`;
  const { call, helper } = sourceText(content, q);
  const names = ['configureWorkerTokenManager', ...(helper ? [helper] : [])];
  const manager = q('@worker-token/manager');
  const legacy = legacyText(content, q, { indent, eol });
  const options = [
    ...(legacy ? [`${indent}legacy: ${legacy},`] : []),
    ...(call ? [`${indent}tokenSource: ${call},`] : []),
  ];
  const comment = '// The one place that configures the worker token manager; everything else imports it from here.';
  const configure =
    options.length > 0
      ? ['configureWorkerTokenManager({', ...options, `})${end}`]
      : [`configureWorkerTokenManager({})${end}`];
  const lines =
    setup.module === 'esm'
      ? [
          comment,
          `import { ${names.join(', ')} } from ${manager}${end}`,
          '',
          ...configure,
          '',
          `export { workerTokenManager } from ${manager}${end}`,
          '',
        ]
      : [
          comment,
          `const { ${[...names, 'workerTokenManager'].join(', ')} } = require(${manager})${end}`,
          '',
          ...configure,
          '',
          `module.exports = { workerTokenManager }${end}`,
          '',
        ];
  return lines.join(eol);
}

/** A package of the repository that this one uses configures: importing it comes first. */
function renderDelegate({ module, style }: SetupModule, delegate: string): string {
  const end = style.semicolons ? ';' : '';
  const q = (text: string) => `${style.quote}${text}${style.quote}`;
  const manager = q('@worker-token/manager');
  const comment = `// ${delegate} configures the worker token manager.`;
  const lines =
    module === 'esm'
      ? [`import ${q(delegate)}${end}`, '', `export { workerTokenManager } from ${manager}${end}`]
      : [
          `require(${q(delegate)})${end}`,
          '',
          `module.exports = { workerTokenManager: require(${manager}).workerTokenManager }${end}`,
        ];
  return [comment, ...lines, ''].join(style.eol);
}

function legacyText(
  content: SetupContent,
  q: (text: string) => string,
  { indent, eol }: { indent: string; eol: string },
): string {
  const list = (keys: string[]) => `[${keys.map(q).join(', ')}]`;
  // Without a list the manager looks under its standard keys; an empty list would turn that off.
  const parts = content.credentials.length > 0 ? [`credentials: ${list(content.credentials)}`] : [];
  if (content.tokens.length > 0) parts.push(`tokens: ${list(content.tokens)}`);
  if (content.bridge.length > 0) parts.push(`bridge: ${list(content.bridge)}`);
  const line = `{ ${parts.join(', ')} }`;
  if (parts.length === 0 || line.length < 100) return parts.length === 0 ? '' : line;
  return ['{', ...parts.map((part) => `${indent}${indent}${part},`), `${indent}}`].join(eol);
}

function sourceText(content: SetupContent, q: (text: string) => string): { call: string; helper: string } {
  const { source } = content;
  if (!source) return { call: '', helper: '' };
  if (source.kind === 'direct') return { call: 'directGrant()', helper: 'directGrant' };
  const options = `{ generation: ${q(source.generation)} }`;
  return { call: `proxyTokenSource(${q(source.url)}, ${options})`, helper: 'proxyTokenSource' };
}
