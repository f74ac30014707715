/** What stands in a panel of which nothing else can be shown: a file that is no run, a panel that is not all there. */

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A page without a script.
 * @param name of what cannot be shown
 * @param problem what is wrong with it, in a sentence without its capital and its full stop
 * @param advice what to do about it
 */
export function problemHtml(name: string, problem: string, advice: string): string {
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(name)}</title>
<style>
  main { max-width: 60ch; margin: 12vh auto 0; padding: 0 20px; overflow-wrap: anywhere; }
  h1 { font-size: 1.4em; font-weight: 600; }
  .quiet { color: var(--vscode-descriptionForeground); }
</style>
</head>
<body>
<main>
<h1>${escaped(name)} cannot be shown</h1>
<p role="alert">${escaped(sentence)}</p>
<p class="quiet">${escaped(advice)}</p>
</main>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character]!);
}
