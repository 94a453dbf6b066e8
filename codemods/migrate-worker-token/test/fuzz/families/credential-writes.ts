/** Shapes that save and clear credentials and tokens. */
import type { Family, FileSketch } from '../file-sketch.js';

const SAVED = `{ environmentId: '9b8a7c6d-5e4f-4a3b-8c2d-0e1f2a3b4c5d', clientId: 'client-2', clientSecret: 'secret-2', region: 'eu', scopes: 'p1:read:user' }`;
const PARAMS =
  'form: { environmentId: string; clientId: string; clientSecret: string; region: string; scopes: string }';

const clears = (file: FileSketch, holds: ('credentials' | 'token' | 'expiry')[]) =>
  holds.map((what) => `${file.remove(what)};`).join('\n');

export const credentialWrites: Record<string, Family> = {
  'set-stringify-in-async-save': (file) =>
    file.fn(
      `try {\n${file.set('credentials', 'JSON.stringify(form)')};\n} catch (error) {\nconsole.warn('not saved', error);\n}\nreturn true;`,
      { params: PARAMS, args: SAVED, returns: 'boolean' },
    ),
  'save-sync-handler': (file) =>
    file.fn(`${file.set('credentials', 'JSON.stringify(form)')};\nconsole.info('saved');`, {
      params: PARAMS,
      args: SAVED,
      async: false,
      returns: 'void',
    }),
  'save-cleaned': (file) =>
    file.fn(
      `const clean = { ...form, clientId: form.clientId.trim(), scopes: form.scopes.split(/\\s+/).filter((scope) => scope !== 'openid').join(' ') };\n${file.set('credentials', 'JSON.stringify(clean)')};\nreturn clean.scopes;`,
      { params: PARAMS, args: SAVED, returns: 'string' },
    ),
  'save-one-field': (file) =>
    file.fn(
      `const stored = JSON.parse(${file.get('credentials')} || '{}');\n${file.set('credentials', 'JSON.stringify({ ...stored, region })')};\nreturn region;`,
      { params: 'region: string', args: `'ca'`, returns: 'string' },
    ),
  'clear-many-keys': (file) =>
    file.fn(`${clears(file, ['credentials', 'token', 'expiry'])}\nconsole.info('cleared');`, {
      async: file.random.chance(0.6),
      returns: 'void',
    }),
  'clear-token': (file) =>
    file.fn(
      `${clears(file, file.random.pick([['token', 'expiry'], ['expiry', 'token'], ['token']] as const).slice())}\nreturn 'signed out';`,
      {
        async: file.random.chance(0.6),
        returns: 'string',
      },
    ),
  'clear-then-reload': (file) =>
    file.fn(`${clears(file, ['credentials', 'token'])}\nwindow.location.reload();`, { runs: false, returns: 'void' }),
  'clear-on-401': (file) =>
    file.fn(
      `try {\nconst answer = await fetch('/api/audit');\nif (!answer.ok) throw new Error(\`failed: \${answer.status}\`);\nreturn 'ok';\n} catch (error) {\nif (error instanceof Error && error.message.includes('401')) {\n${clears(file, ['token', 'expiry'])}\nreturn 'again';\n}\nreturn 'failed';\n}`,
      { returns: 'string' },
    ),
  'remove-on-expiry': (file) =>
    file.fn(
      `const token = ${file.get('token')};\nconst expiresAt = ${file.get('expiry')};\nif (token && expiresAt && Date.now() < Number(expiresAt) - 300000) return token;\n${clears(file, ['token', 'expiry'])}\nreturn '';`,
      { async: file.random.chance(0.5), returns: 'string' },
    ),
  'store-token-elsewhere-got': (file) =>
    file.fn(`${file.set('token', 'token')};\nreturn token.length;`, {
      params: 'token: string',
      args: `'T'`,
      returns: 'number',
    }),
  'store-save-wrapper': (file) => {
    const save = file.wrapper('saveWorker');
    if (!save) return credentialWrites['set-stringify-in-async-save']!(file);
    return file.fn(`${save}(form);\nreturn 'saved';`, { params: PARAMS, args: SAVED, returns: 'string' });
  },
};
