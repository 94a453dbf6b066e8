/** Shapes that read the stored token and its expiry, outside of components. */
import type { Family } from '../file-sketch.js';

export const tokenReads: Record<string, Family> = {
  'read-in-async-handler': (file) =>
    file.fn(
      `const token = ${file.get('token')};\nif (!token) {\nreturn 'no token';\n}\nconst answer = await fetch('https://api.pingone.com/v1/environments', { headers: { Authorization: \`Bearer \${token}\` } });\nreturn String(answer.status);`,
      { returns: 'string' },
    ),
  'token-or-empty': (file) =>
    file.fn(`return ${file.get('token')} ${file.random.pick(['||', '??'])} '';`, {
      async: file.random.chance(0.5),
      returns: 'string',
    }),
  'double-read-header': (file) =>
    file.fn(
      `const headers: Record<string, string> = ${file.get('token')} ? { Authorization: \`Bearer \${${file.get('token')}}\` } : {};\nconst answer = await fetch('/api/users', { headers: { ...headers } });\nreturn answer.ok;`,
      { returns: 'boolean' },
    ),
  'sync-predicate': (file) =>
    file.fn(
      `const token = ${file.get('token')};\nconst expiresAt = ${file.get('expiry')};\nreturn !!token && Date.now() < parseInt(expiresAt ?? '0', 10);`,
      { async: false, returns: 'boolean' },
    ),
  'expiry-maths': (file) =>
    file.fn(
      `const expiresAt = ${file.get('expiry')};\nif (!expiresAt) return false;\nconst minutes = Math.floor((parseInt(expiresAt, 10) - Date.now()) / 60000);\nreturn minutes > 5;`,
      { async: file.random.chance(0.5), returns: 'boolean' },
    ),
  'sync-info-method': (file) => {
    const name = file.name('info');
    file.calls.push({ text: `app.${name}.read().hasToken` });
    return `class ${name}Class {
  read(): { hasToken: boolean; soon: boolean } {
    const token = ${file.get('token')};
    const expiresAt = ${file.get('expiry')};
    if (!token || !expiresAt) return { hasToken: false, soon: true };
    return { hasToken: true, soon: Number(expiresAt) - Date.now() < 60000 };
  }
}
export const ${name} = new ${name}Class();`;
  },
  'constructor-load': (file) => {
    const name = file.name('client');
    file.calls.push({ text: `new app.${name}().header()` });
    return `export class ${name} {
  private token = '';
  constructor() {
    this.init();
  }
  private init(): void {
    const found = ${file.get('token')};
    if (found) this.token = found;
  }
  header(): string {
    return \`Bearer \${this.token}\`;
  }
}`;
  },
  'loop-over-keys': (file) => {
    const { token } = file.keyNames;
    return file.fn(
      `for (const key of ['${token}', 'pingone_worker_token']) {\nconst found = ${file.op('read token', 'localStorage.getItem(key)')};\nif (found?.trim()) return found;\n}\nreturn null;`,
      { async: file.random.chance(0.5), returns: 'string | null' },
    );
  },
  'template-key': (file) =>
    file.fn(`return ${file.op('read token', `localStorage.getItem(\`worker_token_\${flow}\`)`)} !== null;`, {
      async: false,
      params: 'flow: string',
      args: `'audit'`,
      returns: 'boolean',
    }),
  'token-in-query': (file) =>
    file.fn(
      `const token = ${file.get('token')} || '';\nconst answer = await fetch(\`/api/x?workerToken=\${encodeURIComponent(token)}&region=na\`);\nreturn answer.status;`,
      { returns: 'number' },
    ),
  'storage-listener': (file) => {
    const name = file.name('watch');
    return `export function ${name}(onChange: () => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === ${file.key('token')} || event.key === ${file.key('credentials')}) onChange();
  };
  ${file.op('listener', `window.addEventListener('storage', listener)`)};
  return () => window.removeEventListener('storage', listener);
}`;
  },
  'custom-event': (file) => {
    const name = file.name('watch');
    return `export function ${name}(onChange: () => void): () => void {
  ${file.op('listener', `window.addEventListener('workerTokenUpdated', onChange)`)};
  return () => window.removeEventListener('workerTokenUpdated', onChange);
}`;
  },
  'polling-timer': (file) => {
    const name = file.name('poll');
    return `export function ${name}(set: (token: string) => void): () => void {
  let last = '';
  const timer = setInterval(() => {
    const token = ${file.get('token')};
    if (token && token !== last) {
      last = token;
      set(token);
    }
  }, 1000);
  return () => clearInterval(timer);
}`;
  },
  'store-token-wrapper': (file) => {
    const read = file.wrapper('readToken');
    if (!read) return tokenReads['token-or-empty']!(file);
    return file.fn(`const token = ${read}();\nreturn token ? \`Bearer \${token}\` : 'none';`, {
      returns: 'string',
      async: file.random.chance(0.5),
    });
  },
};
