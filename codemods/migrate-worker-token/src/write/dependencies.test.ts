import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../../test/project.js';
import { dependencyChanges, withDependencies } from './dependencies.js';

const NAMES = ['@worker-token/manager'];

describe('withDependencies', () => {
  it('adds in order, and keeps indentation and line ends', () => {
    const text =
      '{\r\n\t"name": "app",\r\n\t"dependencies": {\r\n\t\t"@a/a": "1",\r\n\t\t"react": "^19"\r\n\t},\r\n\t"x": 1\r\n}\r\n';

    expect(withDependencies(text, NAMES, '^0.1.0')).toBe(
      '{\r\n\t"name": "app",\r\n\t"dependencies": {\r\n\t\t"@a/a": "1",\r\n\t\t"@worker-token/manager": "^0.1.0",\r\n\t\t"react": "^19"\r\n\t},\r\n\t"x": 1\r\n}\r\n',
    );
  });

  it('does not sort a list that was not sorted', () => {
    const added = withDependencies('{\n  "dependencies": { "z": "1", "b": "1" }\n}\n', NAMES, '^0.1.0');

    expect(Object.keys((JSON.parse(added) as { dependencies: object }).dependencies)).toEqual(['z', 'b', ...NAMES]);
  });

  it('keeps a list that stands on one line there', () => {
    expect(withDependencies('{\n  "dependencies": { "z": "1" }\n}\n', NAMES, '^0.1.0')).toBe(
      '{\n  "dependencies": { "@worker-token/manager": "^0.1.0", "z": "1" }\n}\n',
    );
  });

  it('makes the list where there is none', () => {
    expect(withDependencies('{\n  "name": "app"\n}\n', NAMES, '^0.1.0')).toBe(
      '{\n  "name": "app",\n  "dependencies": {\n    "@worker-token/manager": "^0.1.0"\n  }\n}\n',
    );
  });

  it.each(['dependencies', 'devDependencies', 'peerDependencies'])('leaves a package alone that is in %s', (list) => {
    const text = JSON.stringify({ [list]: { '@worker-token/manager': 'workspace:*' } });

    expect(withDependencies(text, NAMES, '^0.1.0')).toBe(text);
  });
});

describe('dependencyChanges', () => {
  it('adds to the nearest package.json what the new content imports', () => {
    const root = project({ 'package.json': '{}', 'apps/web/package.json': '{}', 'apps/web/src/a.ts': '' });
    const file = path.join(root, 'apps/web/src/a.ts');
    const after =
      "import { workerTokenManager } from '@worker-token/manager';\nimport x from '@worker-token/react/devtools';\n";

    const changes = dependencyChanges([{ path: file, before: '', after, components: ['c'] }], '^0.1.0');

    expect(changes.map((change) => path.relative(root, change.path))).toEqual([path.join('apps/web/package.json')]);
    expect(JSON.parse(changes[0]?.after ?? '')).toEqual({
      dependencies: { '@worker-token/manager': '^0.1.0', '@worker-token/react': '^0.1.0' },
    });
  });

  it('changes nothing where no new content imports a package', () => {
    const root = project({ 'package.json': '{}', 'a.ts': '' });

    expect(
      dependencyChanges([{ path: path.join(root, 'a.ts'), before: '', after: 'x', components: [] }], '^1'),
    ).toEqual([]);
  });
});
