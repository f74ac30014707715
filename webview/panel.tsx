/** Entry point of the panel's page. */
import { render } from 'preact';
import { App } from './app/app.tsx';
import { loadAhead } from './app/pictures.ts';
import { connectHost } from './host.ts';
import { Playground } from './state/playground.ts';
import { beatEvery } from './state/pulse.ts';
import { watchReducedMotion } from './ui/theme.ts';
import { registerControls } from './ui/toolkit.ts';

registerControls();
const playground = new Playground(connectHost());
window.addEventListener('error', (event) =>
  playground.errands.complain(`${event.message}\n${event.error?.stack ?? ''}`),
);
window.addEventListener('unhandledrejection', (event) =>
  playground.errands.complain(String(event.reason?.stack ?? event.reason)),
);
for (const type of ['focus', 'blur'] as const) {
  window.addEventListener(type, () => playground.errands.focused(type === 'focus'));
}
if (document.hasFocus()) playground.errands.focused(true);
setInterval(() => playground.pulse.beat(), beatEvery);
loadAhead(playground);
watchReducedMotion((reduced) => (playground.reducedMotion.value = reduced));
render(<App playground={playground} />, document.getElementById('app')!);
