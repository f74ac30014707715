/** What a failed UI test looked like. */
import { afterEach } from 'node:test';
import type { Page } from 'playwright-core';
import { screenshot } from './browser.ts';

/** Has a picture written to out/screenshots/ after each test of this file that fails. */
export function keepPictureOfFailure(page: () => Page | undefined): void {
  afterEach(async (context) => {
    if (!('passed' in context) || context.passed) return;
    const shown = page();
    if (shown === undefined) return;
    const name = `failed-${context.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 80)}`;
    await screenshot(shown, name).catch(() => {}); // the page may be what has failed
  });
}
