/** The built files of the views. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { ViewId } from '../../../labs/engine/lab/views.ts';
import { dist } from './panel-page.ts';

/** The name of the built file in which a view is. */
export function fileOf(view: ViewId): string {
  const builds = JSON.parse(readFileSync(path.join(dist, '../meta.json'), 'utf8')) as {
    outputs: Record<string, { entryPoint?: string }>;
  }[];
  const entry = `webview/views/${view}/${view}-view.tsx`;
  const outputs = builds.flatMap(({ outputs }) => Object.entries(outputs));
  const [file] = outputs.find(([, { entryPoint }]) => entryPoint === entry) ?? assert.fail(`${entry} was not built`);
  return path.basename(file);
}

/** Waits until a view's file has been asked for. */
export const loads = (page: Page, view: ViewId): Promise<unknown> =>
  page.waitForFunction(
    (file) => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(`/${file}`)),
    fileOf(view),
  );
