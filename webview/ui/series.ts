/** The colours of servers in the page's own elements: the same as the canvases draw. */

/** Style that paints an element's background in the colour of the n-th server. */
export function seriesStyle(n: number): { background: string } {
  // Beyond the theme's own eight, hues a golden angle apart, as `palette.ts` has them.
  const own = n < 8 ? `var(--series-${n + 1})` : `hsl(${Math.round((n * 137.508) % 360)} 58% var(--series-lightness))`;
  return { background: own };
}
