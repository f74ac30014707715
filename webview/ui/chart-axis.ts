/** How the axes of all charts look. */
import type uPlot from 'uplot';
import type { Palette } from './palette.ts';

/** An axis in the theme's colours and font, without what it says. */
export function axisIn(palette: Palette): uPlot.Axis {
  const line = { stroke: palette.line, width: 1 };
  return { stroke: palette.muted, font: `11px ${palette.font}`, grid: line, ticks: line };
}
