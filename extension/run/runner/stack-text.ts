/** Places as the inspector tells them, written as the stack of an error is, with those of a bundle led back to its sources. */
import { SourceMap, type SourceMapPayload } from 'node:module';
import type { WorkerCode } from './messages.ts';

/** One frame, counted from 0. */
export interface Frame {
  name: string;
  url: string;
  line: number;
  column: number;
}

const mostFrames = 30;

/** @param frames the innermost first */
export function stackText(frames: readonly Frame[], code: WorkerCode): string {
  const map = code.kind === 'bundle' ? mapOf(code.text) : undefined;
  const placeOf = ({ url, line, column }: Frame): string => {
    const isOfBundle = code.kind === 'bundle' && url.split('?')[0] === code.url;
    return (isOfBundle && map && originIn(map, url, line, column)) || `${url}:${line + 1}:${column + 1}`;
  };
  return frames
    .slice(0, mostFrames)
    .map((frame) => `    at ${frame.name || '<anonymous>'} (${placeOf(frame)})`)
    .join('\n');
}

/** The source map that a bundle has at its end. */
function mapOf(text: string): SourceMap | undefined {
  const [, map] = /\n\/\/# sourceMappingURL=data:application\/json;[^,]*base64,([^\n]*)\s*$/.exec(text) ?? [];
  if (map === undefined) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(map, 'base64').toString()) as SourceMapPayload);
}

/** What a place of a bundle was before it was bundled. */
function originIn(map: SourceMap, url: string, line: number, column: number): string | undefined {
  const found = map.findEntry(line, column);
  if (!('originalSource' in found)) return undefined;
  const source = new URL(`${map.payload.sourceRoot ?? ''}${found.originalSource}`, url).href;
  return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}
