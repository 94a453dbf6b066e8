/** Shapes that read the stored credentials, outside of components. The names are those of the catalogue of legacy patterns. */
import type { Family, FileSketch } from '../file-sketch.js';

const RECORD = '{ environmentId: string; clientId: string; clientSecret: string; region?: string; scopes?: string }';

/** Declarations of a local that holds the parsed record or null. */
function parsed(file: FileSketch, name: string): string {
  const raw = file.name('raw');
  const read = file.get('credentials');
  return file.random.pick([
    `const ${raw} = ${read};\nconst ${name} = ${raw} ? JSON.parse(${raw}) : null;`,
    `const ${raw} = ${read};\nconst ${name}: ${RECORD} | null = ${raw} ? JSON.parse(${raw}) : null;`,
    `const ${raw} = ${read};\nconst ${name} = ${raw} ? (JSON.parse(${raw}) as ${RECORD}) : null;`,
    `const ${name} = JSON.parse(${read} || 'null') as ${RECORD} | null;`,
    `const ${name} = JSON.parse(${read} ?? 'null');`,
  ]);
}

export const credentialReads: Record<string, Family> = {
  'sync-helper-read': (file) => {
    const helper = file.name('read');
    const read = file.get('credentials');
    file.calls.push({ text: `app.${helper}()` });
    return `const ${helper}Empty = { environmentId: '', clientId: '', clientSecret: '', region: 'us' };
export function ${helper}() {
  try {
    const text = ${read};
    if (text) return { ...${helper}Empty, ...JSON.parse(text) };
  } catch (error) {
    console.warn('unreadable', error);
  }
  return ${helper}Empty;
}`;
  },
  'ternary-parse-null': (file) => {
    const record = file.name('found');
    return file.fn(`${parsed(file, record)}\nreturn ${record}?.environmentId ?? '';`, { returns: 'string' });
  },
  'guarded-parse': (file) => {
    const raw = file.name('raw');
    return file.fn(
      `const ${raw} = ${file.get('credentials')};\nif (!${raw}) {\nreturn null;\n}\nconst record = JSON.parse(${raw});\nreturn record.clientId as string;`,
      { returns: 'string | null' },
    );
  },
  'region-in-async-callback': (file) => {
    const record = file.name('found');
    const domains = `const domains: Record<string, string> = { us: 'com', eu: 'eu', ca: 'ca' };`;
    return file.fn(
      `${parsed(file, record)}\nconst region = (${record}?.region as string) || 'us';\n${domains}\nawait fetch(\`https://api.pingone.\${domains[region]}/v1/environments\`);\nreturn region;`,
      { returns: 'string' },
    );
  },
  'sync-one-field': (file) => {
    const record = file.name('found');
    return file.fn(`${parsed(file, record)}\nreturn ${record}?.environmentId || '';`, {
      async: false,
      returns: 'string',
    });
  },
  'multi-key-chain': (file) =>
    file.fn(
      `try {\nconst shared = localStorage.getItem('app_environment');\nif (shared && shared.length > 8) return shared;\n} catch {}
try {
  const text = ${file.get('credentials')};
  if (text) {
    const id = (JSON.parse(text) as { environmentId?: string }).environmentId;
    if (id && id.trim().length > 3) return id.trim();
  }
} catch {}
return '';`,
      { async: false, returns: 'string' },
    ),
  'parse-or-default': (file) =>
    file.fn(
      `const config = JSON.parse(${file.get('credentials')} || '{}');\nreturn [config.environmentId, config.region || 'us'].join('/');`,
      { returns: 'string' },
    ),
  destructured: (file) =>
    file.fn(
      `const { environmentId, clientId } = JSON.parse(${file.get('credentials')} || '{}') as { environmentId?: string; clientId?: string };\nreturn \`\${environmentId ?? ''}:\${clientId ?? ''}\`;`,
      { returns: 'string', async: file.random.chance(0.6) },
    ),
  'scopes-split': (file) => {
    const record = file.name('found');
    return file.fn(`${parsed(file, record)}\nreturn (${record}?.scopes ?? '').split(' ').filter(Boolean);`, {
      returns: 'string[]',
    });
  },
  'has-credentials': (file) =>
    file.fn(`return ${file.random.pick(['Boolean(', '!!('])}${file.get('credentials')});`, {
      async: false,
      returns: 'boolean',
    }),
  'class-with-key-field': (file) => {
    const name = file.name('store');
    const holds = file.key('credentials');
    file.calls.push({ text: `new app.${name}().load()` });
    return `export class ${name} {
  private readonly storageKey = ${holds};
  load(): ${RECORD} | null {
    const text = ${file.op('read credentials', 'localStorage.getItem(this.storageKey)')};
    return text ? JSON.parse(text) : null;
  }
  clear(): void {
    ${file.op('remove credentials', 'localStorage.removeItem(this.storageKey)')};
  }
}`;
  },
  'default-parameter': (file) => {
    const helper = file.name('read');
    const key = file.key('credentials');
    file.calls.push({ text: `app.${helper}()` });
    return `export function ${helper}(key = ${key}) {
  const text = ${file.op('read credentials', 'localStorage.getItem(key)')};
  return text ? (JSON.parse(text).environmentId as string) : '';
}`;
  },
  'store-wrapper': (file) => {
    const load = file.wrapper('loadWorker');
    if (!load) return credentialReads['ternary-parse-null']!(file);
    return file.fn(`const record = ${load}();\nif (!record) return 'none';\nreturn record.environmentId;`, {
      returns: 'string',
      async: file.random.chance(0.5),
    });
  },
};
