/** What stands in the editor of a file that is no run, or a damaged one. */

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A page without a script.
 * @param name of the file
 * @param problem what is wrong with it, in a sentence without its capital and its full stop
 */
export function problemHtml(name: string, problem: string): string {
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
<p class="quiet">Nothing was executed, and the file is as it was. If it came from somebody else, ask them to save the run again.</p>
</main>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character]!);
}
