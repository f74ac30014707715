/** Colours for canvases, read from the theme's variables; read again when the theme changes. */
export interface Palette {
  kind: 'light' | 'dark' | 'hc-light' | 'hc-dark';
  foreground: string;
  muted: string;
  background: string;
  /** Of boxes that stand out from the background. */
  raised: string;
  /** What has just moved. */
  moved: string;
  /** Faults and what was lost. */
  error: string;
  line: string;
  font: string;
  /** Colours of the first few servers; `seriesColour` carries on from there. */
  series: readonly string[];
}

/** The names of the series colours, in order: `systemDesignLabs.series1` … */
export const seriesCount = 8;

/** The palette of an element, as its styles are at the moment. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    kind: themeKind(document.body),
    foreground: read('--foreground'),
    muted: read('--muted'),
    background: read('--background'),
    raised: read('--raised'),
    moved: read('--moved'),
    error: read('--error'),
    line: read('--line'),
    font: style.fontFamily,
    series: Array.from({ length: seriesCount }, (_, i) => read(`--series-${i + 1}`)),
  };
}

/** Which of the four kinds of theme is on. */
export function themeKind(body: HTMLElement): Palette['kind'] {
  switch (body.dataset['vscodeThemeKind']) {
    case 'vscode-light':
      return 'light';
    case 'vscode-high-contrast':
      return 'hc-dark';
    case 'vscode-high-contrast-light':
      return 'hc-light';
    default:
      return 'dark';
  }
}

const lightness = { light: 42, dark: 62, 'hc-light': 34, 'hc-dark': 66 } as const;

/** The colour of the n-th server: the theme's own first, then hues a golden angle apart. */
export function seriesColour(palette: Palette, n: number): string {
  const own = palette.series[n];
  if (own !== undefined && own !== '') return own;
  return `hsl(${Math.round((n * 137.508) % 360)} 58% ${lightness[palette.kind]}%)`;
}
