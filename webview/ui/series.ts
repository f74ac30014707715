/** The colours of servers in the page's own elements: the same as the canvases draw. */

/** The colour of the n-th server as CSS: the theme's own eight, then hues a golden angle apart, as `palette.ts` has them. */
export function seriesFill(n: number): string {
  return n < 8 ? `var(--series-${n + 1})` : `hsl(${Math.round((n * 137.508) % 360)} 58% var(--series-lightness))`;
}

/** Style that paints an element's background in the colour of the n-th server. */
export function seriesStyle(n: number): { background: string } {
  return { background: seriesFill(n) };
}
