import assert from 'node:assert/strict';
import { test } from 'node:test';
import path from 'node:path';
import { ESLint } from 'eslint';
import { root } from './folders.ts';

/** Only this rule: the others want types, which a file that does not exist has not. */
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-syntax',
  overrideConfig: { languageOptions: { parserOptions: { project: null } } },
});

async function complaints(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return result!.messages.map(({ message }) => message);
}

const refused: readonly [file: string, text: string, complaint: RegExp][] = [
  ['webview/app/x.tsx', `if (lab.views.includes('ring')) draw();`, /is a wish/],
  ['webview/app/x.tsx', `const ring = lab.value?.views.includes('ring') === true;`, /is a wish/],
  ['webview/views/registry.ts', `const { views } = lab; if (views.includes(id)) draw();`, /is a wish/],
  ['labs/engine/testing/x.ts', `if (lab.views.indexOf('log') >= 0) draw();`, /is a wish/],
  ['labs/engine/lab/worlds.ts', `if (lab.views.some((id) => id === 'log')) draw();`, /is a wish/],
  ['extension/x.ts', `if (run.world === 'pure') draw();`, /its nature/],
  ['labs/engine/lab/views.ts', `if (run.world === 'pure') draw();`, /its nature/],
  ['extension/x.ts', `{ using file = open(); }`, /Node 22/],
];

for (const [file, text, complaint] of refused) {
  test(`${file} must not: ${text}`, async () => {
    const found = await complaints(file, text);
    assert.equal(found.length, 1, `expected one complaint, not ${JSON.stringify(found)}`);
    assert.match(found[0]!, complaint);
  });
}

const allowed: readonly [file: string, text: string][] = [
  ['labs/engine/lab/views.ts', `const has = (lab, view) => lab.views.includes(view);`],
  ['labs/engine/lab/worlds.ts', `const isPure = (run) => run.world === 'pure';`],
  ['webview/app/x.tsx', `for (const id of lab.views) draw(id);`],
];

for (const [file, text] of allowed) {
  test(`${file} may: ${text}`, async () => {
    assert.deepEqual(await complaints(file, text), []);
  });
}
