/**
 * Says which components a new finding comes from: the edit it lies in; else the edits that declare what its statement uses; else
 * everything that was changed in the file and in what it imports.
 */
import path from 'node:path';
import type ts from 'typescript';
import type { FileChange } from '../types.js';
import type { TypeScript } from './compiler.js';
import type { Finding } from './findings.js';
import type { Region, Regions } from './regions.js';

export interface AttributeParts {
  ts: TypeScript;
  program: ts.Program;
  regions: Regions;
  changes: readonly FileChange[];
}

export function componentsBehind(finding: Finding, parts: AttributeParts): string[] {
  const here = componentsAt(parts.regions, finding.path, finding.start);
  if (here.length > 0) return here;
  const edited = parts.changes.filter((change) => change.before !== null);
  const onlyEdited = { ...parts, changes: edited, regions: without(parts.regions, parts.changes) };
  const declared = componentsByDeclaration(finding, onlyEdited);
  if (declared.length > 0) return declared;
  const below = componentsBelow(finding.path, onlyEdited);
  return below.length > 0 ? below : parts.changes.flatMap((change) => change.components);
}

/** A created file is used by every edit: it is to blame for what is wrong in itself alone. */
function without(regions: Regions, changes: readonly FileChange[]): Regions {
  const created = new Set(changes.filter((change) => change.before === null).map((change) => change.path));
  return new Map([...regions].filter(([file]) => !created.has(file)));
}

function componentsAt(regions: Regions, file: string, offset: number): string[] {
  const hit = (region: Region) => offset >= region.start && offset < Math.max(region.end, region.start + 1);
  return (regions.get(file) ?? []).filter(hit).flatMap((region) => region.components);
}

/** How many declarations away an edit may lie: `use(c)` ← `const c = load()` ← `async function load()` are two. */
const MAX_DECLARATIONS = 200;

function componentsByDeclaration(finding: Finding, { ts, program, regions }: AttributeParts): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(finding.path);
  const first = source && statementAt(ts, source, finding.start);
  const queue: ts.Node[] = first ? [first] : [];
  const seen = new Set<ts.Node>(queue);
  for (let node = queue.shift(); node && seen.size < MAX_DECLARATIONS; node = queue.shift()) {
    for (const declaration of declarationsUsed(ts, checker, node)) {
      const file = path.normalize(declaration.getSourceFile().fileName);
      if (seen.has(declaration) || !isOwn(file)) continue;
      seen.add(declaration);
      const found = componentsAt(regions, file, declaration.getStart());
      if (found.length > 0) return found;
      queue.push(declaration);
    }
  }
  return [];
}

function isOwn(file: string): boolean {
  return !file.split(path.sep).includes('node_modules');
}

function statementAt(ts: TypeScript, source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset >= node.end) return;
    if (ts.isStatement(node) && !ts.isBlock(node)) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

function declarationsUsed(ts: TypeScript, checker: ts.TypeChecker, node: ts.Node): ts.Node[] {
  const declarations: ts.Node[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child)) declarations.push(...declarationsOf(ts, checker, child));
    ts.forEachChild(child, visit);
  };
  visit(node);
  return declarations;
}

function declarationsOf(ts: TypeScript, checker: ts.TypeChecker, name: ts.Identifier): ts.Node[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? [];
}

/** Components of the file and of everything it imports, however far. */
function componentsBelow(file: string, { ts, program, changes }: AttributeParts): string[] {
  const byFile = new Map(changes.map((change) => [change.path, change.components]));
  const seen = new Set<string>();
  const queue = [file];
  const found: string[] = [];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    found.push(...(byFile.get(at) ?? []));
    const source = program.getSourceFile(at);
    if (source) queue.push(...importsOf(ts, program.getTypeChecker(), source).filter(isOwn));
  }
  return [...new Set(found)];
}

function importsOf(ts: TypeScript, checker: ts.TypeChecker, source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const module = statement.moduleSpecifier && checker.getSymbolAtLocation(statement.moduleSpecifier);
    return (module?.declarations ?? []).map((declaration) => path.normalize(declaration.getSourceFile().fileName));
  });
}
