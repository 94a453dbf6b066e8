/** Runs inside the Codemod command: groups the files of a large repository by package or top folder. */

interface ShardInput {
  /** Relative to the target. */
  files: string[];
}

interface Shard {
  name: string;
  folder: string;
  _meta_shard: number;
  _meta_files: string[];
}

/** Folders whose children are packages. */
const CONTAINERS = new Set(['packages', 'apps', 'libs', 'services', 'projects', 'modules']);

export default function shardFolders({ files }: ShardInput): Shard[] {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    if (/(^|\/)(node_modules|dist|build|out|coverage|\.[^/]+)\//.test(file)) continue;
    const [first = '', second] = file.split('/');
    const folder = second === undefined ? '.' : CONTAINERS.has(first) ? `${first}/${second}` : first;
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].sort().map(([folder, own], i) => ({
    ...{ name: folder.replaceAll('/', '-'), folder },
    ...{ _meta_shard: i, _meta_files: own },
  }));
}
