import { describe, expect, it } from 'vitest';
import { endpointKind, isPingOneHost } from './endpoints.js';
import { evidenceIn } from './evidence.js';
import { mayHaveSite, signalStems } from './gate.js';
import { isIgnoredPath, isServerPath, isTestPath, looksBundled } from './paths.js';
import { memberName, storageName } from './storage-object.js';
import { defaultSignals } from './table.js';

const signals = defaultSignals();
const id = (name: string) => ({ type: 'Identifier', name });

describe('endpointKind', () => {
  it.each([
    ['/api/client-credentials', 'proxy'],
    ['${base}/api/client-credentials', 'proxy'],
    ['https://auth.pingone.eu/${env}/as/token', 'direct'],
    ['/api/client-credentials/7', null],
    ['/api/client-credentials-list', null],
  ])('%s is %s', (url, kind) => expect(endpointKind(url, signals)).toBe(kind));

  it('knows the hosts of PingOne', () => {
    expect(isPingOneHost('https://auth.pingone.asia/x/as/token')).toBe(true);
    expect(isPingOneHost('https://idp.example/as/token')).toBe(false);
  });
});

describe('evidenceIn', () => {
  it('is strong with a credentials key, weak with a word about PingOne', () => {
    expect(evidenceIn(`localStorage.getItem('worker_credentials')`, signals)).toBe('strong');
    expect(evidenceIn(`fetch('https://api.pingone.com/v1')`, signals)).toBe('weak');
  });
  it('is none with names that other applications use', () => {
    expect(evidenceIn(`localStorage.getItem('worker_token'); fetch('/api/client-credentials')`, signals)).toBe('none');
    expect(evidenceIn(`['worker_credentials_help_seen', 'co_worker_credentials']`, signals)).toBe('none');
  });
  it('is strong with a key that the user named', () => {
    expect(evidenceIn(`get('my_key')`, { ...signals, explicitKeys: ['my_key'] })).toBe('strong');
  });
});

describe('mayHaveSite', () => {
  it('lets files with a signal through, and no others', () => {
    expect(mayHaveSite('x.setItem("worker_token_expires_at", 1)', signals)).toBe(true);
    expect(mayHaveSite('fetch("/api/clients")', signals)).toBe(false);
  });
  it('asks for no text that contains another one', () => {
    const stems = signalStems(signals);
    expect(stems).toContain('worker_token');
    expect(stems).not.toContain('worker_token_expires_at');
  });
});

describe('paths', () => {
  it.each([
    'public/assets/bundle.js',
    'src/vendor.min.js',
    'dist/a.js',
    'src/Flow_BROKEN.tsx',
    'src/Flow.backup.tsx',
    'backups/a.ts',
    'src/api.d.ts',
  ])('passes over %s', (path) => expect(isIgnoredPath(path)).toBe(true));
  it.each(['src/bundles/list.ts', 'src/distance.ts', 'src/api/token.ts', 'src/copy.ts'])('looks into %s', (path) =>
    expect(isIgnoredPath(path)).toBe(false),
  );
  it('tells tests and servers', () => {
    expect(isTestPath('src/a.test.ts')).toBe(true);
    expect(isTestPath('src/latest.ts')).toBe(false);
    expect(isServerPath('server/index.cjs')).toBe(true);
    expect(isServerPath('src/observer.ts')).toBe(false);
  });
  it('knows minified text', () => {
    expect(looksBundled(`!function(){var e=1}();`)).toBe(true);
    expect(looksBundled(`const a = 1;\n`.repeat(1000))).toBe(false);
    expect(looksBundled(`const a = 1;\n`.repeat(80_000))).toBe(true);
  });
});

describe('storageName', () => {
  it('reads the storages through the global object', () => {
    const member = (object: string, property: object, computed = false) => ({
      type: 'MemberExpression',
      object: id(object),
      property,
      computed,
    });
    expect(storageName(id('localStorage'))).toBe('localStorage');
    expect(storageName(member('window', id('sessionStorage')))).toBe('sessionStorage');
    expect(storageName(member('self', { type: 'Literal', value: 'localStorage' }, true))).toBe('localStorage');
    expect(storageName(member('app', id('localStorage')))).toBeNull();
    expect(memberName(member('a', id('b'), true))).toBeNull();
  });
});
