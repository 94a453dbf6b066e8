/**
 * One generated file while families add to it: its names, how it spells keys and storages, and where its operations are. An operation is
 * marked by a prefix of the identifier it begins with, which formatting cannot lose; `placed` in layout.ts takes the marks out again.
 */
import type { Random } from './random.js';

export interface Call {
  /** As an expression on the module's exports, here `app`. */
  text: string;
}

export interface Keys {
  credentials: string;
  token: string;
  expiry: string;
}

export type KeyStyle = 'literal' | 'template' | 'local' | 'imported' | 'map';

const WORDS = 'load fetch ensure current sync apply prepare resolve collect refresh open show check build send'.split(
  ' ',
);
const THINGS = 'worker session profile users report policy audit console page group client view panel metrics'.split(
  ' ',
);
const STORES = ['localStorage', 'localStorage', 'localStorage', 'window.localStorage', 'globalThis.localStorage'];

export class FileSketch {
  readonly keyNames: Keys = {
    credentials: 'worker_credentials',
    token: 'worker_token',
    expiry: 'worker_token_expires_at',
  };
  /** What each operation is, by number. */
  readonly operations: string[] = [];
  readonly calls: Call[] = [];
  /** Names imported from other files of the program, by file. */
  readonly imports = new Map<string, Set<string>>();
  readonly parts: string[] = [];
  /** Text that must come through as it is. */
  readonly bystanders: string[] = [];
  readonly families: string[] = [];
  readonly #names = new Set<string>();
  #declared = false;

  constructor(
    readonly random: Random,
    readonly keyStyle: KeyStyle,
    readonly wrappers: readonly string[],
  ) {}

  /** An identifier that nothing else in the file has. */
  name(start = this.random.pick(WORDS)): string {
    const thing = this.random.pick(THINGS);
    const base = start + thing.charAt(0).toUpperCase() + thing.slice(1);
    let name = base;
    for (let count = 2; this.#names.has(name); count++) name = `${base}${count}`;
    this.#names.add(name);
    return name;
  }

  key(holds: keyof Keys): string {
    const text = this.keyNames[holds];
    switch (this.keyStyle) {
      case 'literal':
        return `'${text}'`;
      case 'template':
        return `\`${text}\``;
      case 'local':
        this.#declareKeys();
        return `KEY_${holds.toUpperCase()}`;
      case 'imported':
        return this.imported('keys', `${holds.toUpperCase()}_KEY`);
      case 'map':
        return `${this.imported('keys', 'KEYS')}.${holds}`;
    }
  }

  imported(file: string, name: string): string {
    this.imports.set(file, (this.imports.get(file) ?? new Set()).add(name));
    return name;
  }

  /** A helper of the program's own store, if it has one. */
  wrapper(name: string): string | null {
    return this.wrappers.includes(name) ? this.imported('store', name) : null;
  }

  op(what: string, text: string): string {
    this.operations.push(what);
    return `OP${this.operations.length - 1}_${text}`;
  }

  get(holds: keyof Keys): string {
    return this.op(`read ${holds}`, `${this.random.pick(STORES)}.getItem(${this.key(holds)})`);
  }

  set(holds: keyof Keys, value: string): string {
    return this.op(`write ${holds}`, `${this.random.pick(STORES)}.setItem(${this.key(holds)}, ${value})`);
  }

  remove(holds: keyof Keys): string {
    return this.op(`remove ${holds}`, `${this.random.pick(STORES)}.removeItem(${this.key(holds)})`);
  }

  /** An exported function with this body, in one of the forms that people write. @returns its text. */
  fn(body: string, { async = true, params = '', args = '', returns = '', runs = true } = {}): string {
    const name = this.name();
    const type = returns && `: ${async ? `Promise<${returns}>` : returns}`;
    const word = async ? 'async ' : '';
    const inner = this.#nested(body);
    const forms: [weight: number, text: string, call: string][] = [
      [4, `export ${word}function ${name}(${params})${type} {\n${inner}\n}`, `app.${name}(${args})`],
      [3, `export const ${name} = ${word}(${params})${type} => {\n${inner}\n};`, `app.${name}(${args})`],
      [1, `export const ${name} = {\n${word}run(${params})${type} {\n${inner}\n},\n};`, `app.${name}.run(${args})`],
      [
        1,
        `export class ${name}Service {\n${word}run(${params})${type} {\n${inner}\n}\n}\nexport const ${name} = new ${name}Service();`,
        `app.${name}.run(${args})`,
      ],
      [
        1,
        `export ${word}function ${name}(${params})${type} {\nconst inner = ${word}()${type} => {\n${inner}\n};\nreturn inner();\n}`,
        `app.${name}(${args})`,
      ],
    ];
    const [, text, call] = this.random.pick(forms.flatMap((form) => Array.from({ length: form[0] }, () => form)));
    if (runs) this.calls.push({ text: call });
    return text;
  }

  #nested(body: string): string {
    const depth = this.random.next();
    if (depth < 0.15) return `try {\n${body}\n} catch (error) {\nconsole.debug('failed');\nthrow error;\n}`;
    if (depth < 0.2) return `{\n${body}\n}`;
    if (depth < 0.25) return `try {\n${body}\n} finally {\nconsole.debug('done');\n}`;
    return body;
  }

  #declareKeys(): void {
    if (this.#declared) return;
    this.#declared = true;
    const { credentials, token, expiry } = this.keyNames;
    this.parts.unshift(
      `const KEY_CREDENTIALS = '${credentials}';\nconst KEY_TOKEN = '${token}';\nconst KEY_EXPIRY = '${expiry}';`,
    );
  }
}

/** Adds a piece of a program to a file. @returns its text, TypeScript with one statement a line. */
export type Family = (file: FileSketch) => string;
