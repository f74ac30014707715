/** Which files of the package a file names, by its kind. Names are relative to the package, with forward slashes. */
import path from 'node:path';

/** An import or export with its file, static or not; also of types. */
const imports = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']/g;
const engineImports = /\bfrom\s*["']system-design-labs\/engine["']/;
const mapComments = /^\/\/# sourceMappingURL=([^\s:]+)$/gm;
const urls = /url\(\s*["']?([^"')]+)["']?\s*\)/g;
/** Links and pictures, but for those of titles and headings. */
const markdownLinks = /\]\(([^)#\s]+)/g;
const markdownPictures = /<img[^>]*\ssrc="([^"]+)"/g;
/** The scripts and styles that the extension opens: in the code of a bundle their names stand as they are. */
const literals = /["'`]([\w/-]+\.(?:mjs|js|css))["'`]/g;

/** A module of that name exists in memory only. */
const inMemory = new Set(['lab.bundle.mjs']);

/** Files that name others in the same way. */
interface Kind {
  files: RegExp;
  /** @returns names relative to `from`, a folder of the package */
  names(text: string, file: string): { from: string; names: readonly string[] };
}

const fromOwnFolder = (file: string, names: readonly string[]) => ({ from: path.posix.dirname(file), names });

const kinds: readonly Kind[] = [
  {
    files: /^package\.json$/,
    names: (text) => ({
      from: '',
      names: stringsOf(JSON.parse(text)).filter((one) => /^(\.\/)?\w+\/[^*]+\.\w+$/.test(one)),
    }),
  },
  {
    files: /^dist\/catalogue\.json$/,
    names: (text) => ({
      from: 'dist/catalogue',
      names: (JSON.parse(text) as { id: string }[]).map(({ id }) => `${id}.json`),
    }),
  },
  { files: /^dist\/catalogue\//, names: (text) => ({ from: '', names: namesOfLab(JSON.parse(text)) }) },
  { files: /^dist\/webview\/panel-modules\.json$/, names: (text, file) => fromOwnFolder(file, JSON.parse(text)) },
  {
    files: /^dist\/benchmarks\/versions\.json$/,
    names: (text) => ({
      from: 'dist/peers',
      names: Object.keys((JSON.parse(text) as { peers: object }).peers).map((name) => `${name.replace('/', '__')}.mjs`),
    }),
  },
  {
    // A plan is put into the folder of its lab, in a learner's copy.
    files: /^dist\/benchmarks\/plans\//,
    names: (text, file) => ({ from: `labs/${path.posix.basename(file, '.mjs')}`, names: all(text, imports) }),
  },
  {
    // The extension itself and what it starts.
    files: /^dist\/[\w-]+\.[cm]js$/,
    names: (text) => ({
      from: 'dist',
      names: all(text, literals)
        .filter((name) => !inMemory.has(name))
        .map((name) => (name.endsWith('.mjs') ? name : `webview/${name}`)),
    }),
  },
  {
    files: /\.map$/,
    names: (text) => ({
      from: '',
      names: (JSON.parse(text) as { sources: string[] }).sources.filter((name) => !name.startsWith('node_modules/')),
    }),
  },
  {
    files: /\.([cm]?js|ts)$/,
    names: (text, file) => {
      const own = fromOwnFolder(file, [...all(text, imports), ...all(text, mapComments)]);
      if (!engineImports.test(text)) return own;
      return { ...own, names: [...own.names, path.posix.relative(own.from, 'labs/engine/index.ts')] };
    },
  },
  {
    files: /\.css$/,
    names: (text, file) =>
      fromOwnFolder(
        file,
        all(text, urls)
          .filter(isLocal)
          .map((name) => name.replace(/\?.*/, '')),
      ),
  },
  {
    files: /\.md$/,
    names: (text, file) =>
      fromOwnFolder(file, [...all(text, markdownLinks), ...all(text, markdownPictures)].filter(isLocal)),
  },
];

/** What a file names, as the package would call it. */
export function filesNamedBy(file: string, text: string): string[] {
  const kind = kinds.find(({ files }) => files.test(file));
  if (!kind) return [];
  const { from, names } = kind.names(text, file);
  return [...new Set(names.map((name) => path.posix.join(from, name)))];
}

/**
 * All that files lead to, themselves included, whether it is there or not.
 * @param read undefined where there is no such file
 * @returns by name, what named it first
 */
export async function reachedFrom(
  files: readonly string[],
  read: (file: string) => Promise<string | undefined>,
): Promise<Map<string, string>> {
  const reached = new Map(files.map((file) => [file, 'the list of what ships']));
  for (const file of reached.keys()) {
    const text = kinds.some(({ files }) => files.test(file)) ? await read(file) : undefined;
    for (const name of text === undefined ? [] : filesNamedBy(file, text)) {
      if (!reached.has(name)) reached.set(name, file);
    }
  }
  return reached;
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name!);
}

function isLocal(name: string): boolean {
  return !/^[a-z][\w+.-]*:/i.test(name) && !name.startsWith('#');
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

interface LabNames {
  id: string;
  algorithms: readonly { file: string }[];
  benchmarked?: boolean;
}

function namesOfLab({ id, algorithms, benchmarked }: LabNames): string[] {
  return [
    `dist/labs/${id}.mjs`,
    `dist/labs/${id}.mjs.map`,
    ...algorithms.map(({ file }) => `labs/${id}/${file}`),
    ...(benchmarked ? [`dist/benchmarks/${id}.mjs`, `dist/benchmarks/plans/${id}.mjs`] : []),
  ];
}
