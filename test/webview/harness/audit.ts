/** What axe has to say of a page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** One line for each complaint, with the elements it is about. */
export async function audit(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document.body);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}
