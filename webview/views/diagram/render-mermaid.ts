/** Draws Mermaid text in the theme's colours. The only file that knows Mermaid; it is loaded on demand. */
import mermaid from 'mermaid';
import { readPalette } from '../../ui/palette.ts';

let pictures = 0;

/**
 * The picture of a diagram.
 * @param element whose styles give the colours
 * @throws Error when Mermaid does not understand the text
 */
export async function render(text: string, element: HTMLElement): Promise<Element> {
  const { foreground, background, muted, raised, line, error, font, kind } = readPalette(element);
  const style = getComputedStyle(element);
  const focus = style.getPropertyValue('--focus').trim();
  const marked = style.getPropertyValue('--selected').trim() || raised;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: 'base',
    // What is marked takes its colour from the theme, in a picture that is kept as well.
    themeCSS: `.current > :is(rect, path, polygon, .basic) { fill: ${marked} !important; stroke: ${focus} !important; } .down > :is(rect, path, polygon) { stroke: ${error} !important; }`,
    themeVariables: {
      darkMode: kind === 'dark' || kind === 'hc-dark',
      fontFamily: font,
      fontSize: '13px',
      background,
      primaryColor: raised,
      primaryTextColor: foreground,
      primaryBorderColor: muted,
      lineColor: foreground,
      textColor: foreground,
      actorBkg: raised,
      actorBorder: muted,
      actorTextColor: foreground,
      actorLineColor: muted,
      signalColor: foreground,
      signalTextColor: foreground,
      noteBkgColor: raised,
      noteBorderColor: line,
      noteTextColor: foreground,
      edgeLabelBackground: background,
      labelBackgroundColor: background,
    },
  });
  const { svg } = await mermaid.render(`diagram-${pictures++}`, text);
  const picture = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (!picture) throw new Error('it gave no picture');
  return picture;
}
