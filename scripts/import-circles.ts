/** Circles of imports: files that need each other, so that none of them can be read, tested or moved without the others. */
import path from 'node:path';

/** An import or export with its file; also of types. `import()` is none: what is loaded when it is wanted ties nothing. */
const imports = /^(?:import|export)\b[^;'"]*?(?:\bfrom\s*)?'([^']+)';$/gm;

const engine = 'system-design-labs/engine';

/** The files of the tree that a file imports, relative to the root. */
export function importsOf(file: string, text: string): string[] {
  const named = [...text.matchAll(imports)].map(([, name]) => name!);
  return named.flatMap((name) => {
    if (name === engine) return ['labs/engine/index.ts'];
    return name.startsWith('.') ? [path.posix.join(path.posix.dirname(file), name)] : [];
  });
}

/**
 * The groups of files of which each leads to every other (Tarjan's strongly connected components).
 * @param graph by file, those that it imports
 * @returns the files of each, sorted; a file that imports itself is one
 */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const found = new Map<string, number>();
  const open: string[] = [];
  /** @returns the earliest file still open that this one leads back to */
  const visit = (file: string): number => {
    const own = found.size;
    found.set(file, own);
    open.push(file);
    let back = own;
    for (const other of graph.get(file) ?? []) {
      if (!found.has(other)) back = Math.min(back, visit(other));
      else if (open.includes(other)) back = Math.min(back, found.get(other)!);
    }
    if (back < own) return back;
    const closed = open.splice(open.indexOf(file));
    if (closed.length > 1 || graph.get(file)?.includes(file)) circles.push(closed.sort());
    return back;
  };
  for (const file of graph.keys()) if (!found.has(file)) visit(file);
  return circles.sort(([a], [b]) => (a! < b! ? -1 : 1));
}
