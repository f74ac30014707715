/** Source maps of bundles: sources renamed, and the map put inline. */
import type { SourceMapPayload } from 'node:module';

const marker = '//# sourceMappingURL=';

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
  return `${withoutMapComment(code)}\n${marker}data:application/json;base64,${encoded}\n`;
}

function withoutMapComment(code: string): string {
  const at = code.lastIndexOf(`\n${marker}`);
  return at < 0 ? code : code.slice(0, at);
}
