/** Source maps of bundles: sources renamed, the map put inline, and a place looked up. */
import { SourceMap, type SourceMapPayload } from 'node:module';

const marker = '//# sourceMappingURL=';
const inline = `${marker}data:application/json;base64,`;

/**
 * A bundle with its source map inside.
 * @param code with or without a comment that names its map
 * @param map JSON of the map
 * @param rename gives the URL of a source, from its name in the map
 */
export function withInlineMap(code: string, map: string, rename: (source: string) => string): string {
  const payload = JSON.parse(map) as Partial<SourceMapPayload> & { sources: string[] };
  payload.sources = payload.sources.map(rename);
  delete payload.sourcesContent;
  delete payload.sourceRoot;
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64');
  return `${withoutMapComment(code)}\n${inline}${encoded}\n`;
}

function withoutMapComment(code: string): string {
  const at = code.lastIndexOf(`\n${marker}`);
  return at < 0 ? code : code.slice(0, at);
}

/**
 * The source position behind a place in a bundle that has its map inside.
 * @param line,column in the bundle, from 1
 * @returns URL, line and column from 1; undefined where the map has nothing
 */
export function originalPosition(
  bundle: string,
  line: number,
  column: number,
): { source: string; line: number; column: number } | undefined {
  const at = bundle.lastIndexOf(inline);
  if (at < 0) return undefined;
  const payload = JSON.parse(Buffer.from(bundle.slice(at + inline.length), 'base64').toString()) as SourceMapPayload;
  const entry = new SourceMap(payload).findEntry(line - 1, column - 1);
  if (!('originalSource' in entry)) return undefined;
  return { source: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
