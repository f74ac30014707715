/** Changes of theme and of the wish for less motion, as VS Code tells them to a webview. */

/** Calls `changed` whenever VS Code puts another theme on. @returns how to stop */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}

/** Calls `changed` now and whenever the wish for less motion changes: the system's, or VS Code's own setting. */
export function watchReducedMotion(changed: (reduced: boolean) => void): void {
  const system = window.matchMedia('(prefers-reduced-motion: reduce)');
  const tell = (): void => changed(system.matches || document.body.classList.contains('vscode-reduce-motion'));
  system.addEventListener('change', tell);
  watchTheme(tell);
  tell();
}
