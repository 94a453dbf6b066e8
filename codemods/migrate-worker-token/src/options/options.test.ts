import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../test/project.js';
import { ConfigError, UsageError } from '../errors.js';
import { resolveOptions, type RawOptions } from './options.js';

const raw = (more: Partial<RawOptions> = {}): RawOptions => ({
  paths: [],
  dryRun: false,
  check: false,
  force: false,
  verify: true,
  installDep: true,
  mark: false,
  bestEffort: false,
  presets: [],
  keys: [],
  tokenKeys: [],
  endpoints: [],
  ...more,
});

describe('resolveOptions', () => {
  it('takes the current folder and the defaults of the signal table', async () => {
    const root = project({});

    const options = await resolveOptions(raw(), root);

    expect(options).toMatchObject({ root, paths: [root], gate: 'render', react: 'hooks' });
    expect(options.signals.credentialKeys).toContain('worker_credentials');
    expect(options.signals.explicitKeys).toEqual([]);
  });

  it('makes keys from the command line evidence by themselves', async () => {
    const { signals } = await resolveOptions(
      raw({ keys: ['k'], tokenKeys: ['t'], endpoints: ['/token'] }),
      project({}),
    );

    expect(signals.credentialKeys).toContain('k');
    expect(signals.tokenKeys).toContain('t');
    expect(signals.endpoints).toContain('/token');
    expect(signals.explicitKeys).toEqual(['k', 't']);
  });

  it('keeps an expiry that was named as a token key with the expiries', async () => {
    const { signals } = await resolveOptions(raw({ tokenKeys: ['acme_token', 'acme_token_expiry'] }), project({}));

    expect(signals.tokenKeys).toContain('acme_token');
    expect(signals.tokenKeys).not.toContain('acme_token_expiry');
    expect(signals.expiryKeys).toContain('acme_token_expiry');
    expect(signals.explicitKeys).toEqual(['acme_token', 'acme_token_expiry']);
  });

  it('reports relative to the common folder where a path lies outside of the current one', async () => {
    const root = project({ 'apps/a/x.ts': '', 'apps/b/y.ts': '', 'here/z.ts': '' });
    const paths = ['../apps/a', '../apps/b/y.ts'];

    expect((await resolveOptions(raw({ paths }), path.join(root, 'here'))).root).toBe(path.join(root, 'apps'));
    expect((await resolveOptions(raw({ paths: ['apps/a'] }), root)).root).toBe(root);
  });

  it.each([
    ['json', '{ "keys": ["from_file"], "gate": "entry" }'],
    ['js', "module.exports = { keys: ['from_file'], gate: 'entry' };"],
    ['mjs', "export default { keys: ['from_file'], gate: 'entry' };"],
    ['ts', "const gate: string = 'entry';\nexport default { keys: ['from_file'], gate };"],
  ])('reads worker-token.config.%s upwards from the path, and lets options win', async (end, text) => {
    const root = project({ [`worker-token.config.${end}`]: text, 'src/deep/a.ts': '' });
    const given = raw({ paths: ['src/deep'], keys: ['from_option'] });

    expect(await resolveOptions(given, root)).toMatchObject({ gate: 'entry' });
    expect((await resolveOptions({ ...given, gate: 'render' }, root)).gate).toBe('render');
    expect((await resolveOptions(given, root)).signals.credentialKeys.slice(-2)).toEqual(['from_file', 'from_option']);
  });

  it('adds the keys of a preset, and starts empty with the generic one', async () => {
    const root = project({});

    expect((await resolveOptions(raw({ presets: ['pingone-token'] }), root)).signals.tokenKeys).toContain(
      'pingone_token',
    );
    expect((await resolveOptions(raw({ presets: ['pingone-import'] }), root)).signals).toMatchObject({
      credentialKeys: expect.arrayContaining(['worker_credentials', 'pingone_credentials']) as string[],
      explicitKeys: expect.arrayContaining(['pingone_token', 'pingone_credentials']) as string[],
    });
    expect((await resolveOptions(raw({ presets: ['generic'], keys: ['k'] }), root)).signals).toMatchObject({
      credentialKeys: ['k'],
      tokenKeys: [],
      endpoints: [],
    });
  });

  it.each<[Partial<RawOptions>, string]>([
    [{ paths: ['nowhere'] }, 'There is no file or folder "nowhere"'],
    [{ gate: 'renderer' }, '--gate must be render or entry, not "renderer". Example: --gate render'],
    [{ react: 'x' }, '--react must be hooks or peek'],
    [{ presets: ['pingone-tokn'] }, 'There is no preset "pingone-tokn". Did you mean "pingone-token"?'],
    [{ tsconfig: 'tsconfig.nope.json' }, '--tsconfig: there is no file'],
  ])('refuses %j', async (more, message) => {
    await expect(resolveOptions(raw(more), project({}))).rejects.toThrow(message);
    await expect(resolveOptions(raw(more), project({}))).rejects.toBeInstanceOf(UsageError);
  });

  it.each([
    ['worker-token.config.json', '{ "keys": [', 'cannot be read'],
    ['worker-token.config.json', '{ "kyes": [] }', '"kyes" is unknown. Did you mean "keys"?'],
    ['worker-token.config.json', '{ "keys": "one" }', '"keys" must be a list of texts.'],
    ['worker-token.config.json', '[]', 'must hold an object'],
    ['worker-token.config.ts', 'export default {', 'cannot be read'],
  ])('refuses %s with %s', async (name, text, message) => {
    const root = project({ [name]: text });

    await expect(resolveOptions(raw(), root)).rejects.toThrow(message);
    await expect(resolveOptions(raw(), root)).rejects.toBeInstanceOf(ConfigError);
  });
});
