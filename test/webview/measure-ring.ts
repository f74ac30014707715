/** How long the ring takes a frame at 1,000 servers and 10,000 keys, in a real browser. For `npm run measure`. */
import lab from '../../labs/consistent-hashing/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { dist, openPanel } from './harness/panel-page.ts';

/** Milliseconds of script a frame, over a whole run that is played. */
export interface FrameTimes {
  algorithm: string;
  frames: number;
  median: number;
  p95: number;
  longest: number;
}

/**
 * Plays the scenario at scale and measures the script time of every frame: all that the panel does between two
 * paints. What the browser itself spends on painting is not in it; a machine without a graphics card spends more.
 * @param algorithm one whose servers have points on the circle, or one that is drawn in slots
 */
export async function measureRing(algorithm: 'ring' | 'modulo'): Promise<FrameTimes> {
  const browser = await openBrowser();
  try {
    const { page } = await openPanel(browser, {
      dist,
      labs: [lab],
      prepare: (host) => void (host.state = { version: 1, lab: lab.id, scenario: 'at-scale', algorithm }),
    });
    await page.evaluate(() => {
      const measured = window as unknown as { frames: Map<number, number> };
      measured.frames = new Map();
      const request = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) =>
        request((now) => {
          const begin = performance.now();
          callback(now);
          const spent = performance.now() - begin;
          measured.frames.set(now, (measured.frames.get(now) ?? 0) + spent);
        });
    });
    await page.locator('.run-buttons vscode-button').click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor({ timeout: 60_000 });
    const spent = await page.evaluate(() => [
      ...(window as unknown as { frames: Map<number, number> }).frames.values(),
    ]);
    spent.sort((a, b) => a - b);
    const at = (share: number): number => spent[Math.min(spent.length - 1, Math.floor(share * spent.length))]!;
    return { algorithm, frames: spent.length, median: at(0.5), p95: at(0.95), longest: at(1) };
  } finally {
    await browser.close();
  }
}
