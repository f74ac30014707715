import assert from 'node:assert/strict';
import { test } from 'node:test';
import path from 'node:path';
import { ESLint } from 'eslint';
import { root } from './folders.ts';

/** Only the borders: the other rules want types, which a file that does not exist has not. */
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === 'design/import-borders',
  overrideConfig: { languageOptions: { parserOptions: { project: null } } },
});

/** What the borders have against this text in that file. */
async function complaints(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return result!.messages.map(({ message }) => message);
}

const refused: readonly [file: string, text: string, complaint: RegExp][] = [
  ['labs/engine/x.ts', `import '../consistent-hashing/lab.ts';`, /engine knows no lab/],
  ['labs/engine/x.ts', `export * from '../../extension/ids.ts';`, /engine knows no lab and nothing above it/],
  ['labs/engine/x.ts', `import 'vscode';`, /Only extension\//],
  ['labs/one/x.ts', `import '../consistent-hashing/lab.ts';`, /knows no other lab/],
  ['labs/one/broken/x.ts', `import type { Lab } from '../../consistent-hashing/lab.ts';`, /knows no other lab/],
  ['labs/one/x.ts', `import { defineLab } from '../engine/index.ts';`, /as 'system-design-labs\/engine'/],
  ['labs/one/x.test.ts', `import '../consistent-hashing/lab.ts';`, /knows no other lab/],
  ['labs/one/broken/testing.ts', `import '../../engine/testing/run-lab.ts';`, /as 'system-design-labs\/engine'/],
  ['labs/one/x.ts', `import '../../webview/host.ts';`, /nothing but the engine/],
  ['labs/one/x.ts', `import * as vscode from 'vscode';`, /Only extension\//],
  ['extension/run/x.ts', `import * as vscode from 'vscode';`, /Only extension\//],
  ['extension/run/x.ts', `import type { Uri } from 'vscode';`, /Only extension\//],
  ['extension/run/cli/x.ts', `const ids = await import('../../ids.ts');`, /labs\/engine only/],
  ['extension/run/x.ts', `import { readMarker } from '../copy/marker.ts';`, /only its cli\/ looks for itself/],
  ['extension/copy/x.ts', `import type { Run } from '../run/run.ts';`, /serves a terminal too/],
  ['extension/copy/x.ts', `import * as vscode from 'vscode';`, /Only extension\//],
  ['extension/labs/algorithms.ts', `import { Catalogue } from './catalogue.ts';`, /serves a terminal too/],
  ['extension/run/x.ts', `import lab from '../../labs/consistent-hashing/lab.ts';`, /never by an import/],
  ['extension/tree/x.ts', `import lab from '../../labs/consistent-hashing/lab.ts';`, /never by an import/],
  ['extension/panel/x.ts', `import '../../webview/host.ts';`, /by the messages/],
  ['webview/x.tsx', `import '../extension/ids.ts';`, /labs\/engine only/],
  ['webview/x.tsx', `import lab from '../labs/consistent-hashing/lab.ts';`, /labs\/engine only/],
  ['webview/x.tsx', `import path from 'node:path';`, /none of Node’s modules/],
  ['webview/x.tsx', `const fs = await import('fs');`, /none of Node’s modules/],
  ['webview/x.tsx', `import { Uri } from 'vscode';`, /Only extension\//],
  ['webview/x.tsx', `import { vsCodeButton } from '@vscode/webview-ui-toolkit';`, /only webview\/ui\/toolkit.ts/],
  ['webview/ui/x.tsx', `import '@vscode/webview-ui-toolkit/dist/toolkit.js';`, /only webview\/ui\/toolkit.ts/],
  ['webview/x.tsx', `let ids: import('../extension/ids.ts').Id;`, /labs\/engine only/],
  ['webview/ui/x.ts', `import { Stage } from '../app/stage.tsx';`, /puts the panel together/],
  ['webview/views/ring/x.tsx', `import '../../app/stage.tsx';`, /puts the panel together/],
  ['webview/state/x.ts', `import '../app/pictures.ts';`, /puts the panel together/],
  ['webview/app/x.tsx', `import { RingView } from '../views/ring/ring-view.tsx';`, /loaded when it is looked at/],
  ['webview/state/x.ts', `const ring = await import('../views/ring/view.ts');`, /loaded when it is looked at/],
  ['webview/ui/x.ts', `import type { Hit } from '../views/ring/ring-geometry.ts';`, /loaded when it is looked at/],
  ['webview/views/ring/x.tsx', `import '../charts/beside.ts';`, /knows no other/],
  ['webview/views/ring/x.tsx', `import '../../../extension/ids.ts';`, /labs\/engine only/],
  ['webview/app/x.tsx', `import path from 'node:path';`, /none of Node’s modules/],
  ['extension/x.ts', `import '../webview/app/app.tsx';`, /by the messages/],
  ['extension/run/x.ts', `import vscode = require('vscode');`, /Only extension\//],
  ['webview/ui/toolkit.ts', `import 'node:path';`, /none of Node’s modules/],
];

for (const [file, text, complaint] of refused) {
  test(`${file} must not: ${text}`, async () => {
    const found = await complaints(file, text);
    assert.equal(found.length, 1, `expected one complaint, not ${JSON.stringify(found)}`);
    assert.match(found[0]!, complaint);
  });
}

const allowed: readonly [file: string, text: string][] = [
  ['labs/one/x.test.ts', `import { describeLab } from '../engine/lab/catalogue.ts';`],
  ['labs/one/x.ts', `import { definePureLab } from 'system-design-labs/engine';`],
  ['labs/one/broken/x.ts', `import { Ring } from '../ring.ts';`],
  ['labs/one/x.test.ts', `import { runLab } from '../engine/testing/run-lab.ts';`],
  ['labs/one/testing/x.ts', `import type { Seen } from '../../engine/testing/view-texts.ts';`],
  ['labs/engine/x.ts', `import { drawInteger } from './random/random.ts';`],
  ['extension/x.ts', `import * as vscode from 'vscode'; import { chapters } from '../labs/engine/index.ts';`],
  ['extension/x.ts', `import type { Run } from './run/run.ts';`],
  ['extension/run/cli/x.ts', `import { readMarker } from '../../copy/marker.ts';`],
  ['extension/run/cli/x.ts', `import { algorithmsIn } from '../../labs/algorithms.ts';`],
  ['extension/tree/x.ts', `import { readMarker } from '../copy/marker.ts';`],
  ['extension/run/x.ts', `import { chapters } from '../../labs/engine/index.ts'; import 'node:path';`],
  ['webview/x.tsx', `import { render } from 'preact'; import '../labs/engine/index.ts'; import './host.ts';`],
  ['webview/panel.tsx', `import { App } from './app/app.tsx';`],
  ['webview/views/registry.ts', `import { ring } from './ring/view.ts';`],
  ['webview/views/ring/view.ts', `import type { View } from '../view.ts'; import './ring-view.tsx';`],
  ['webview/views/ring/x.tsx', `import { useCalm } from '../../ui/calm.ts'; import '../../state/context.ts';`],
  ['webview/app/x.tsx', `import { registry } from '../views/registry.ts'; import '../ui/lazy.tsx';`],
  ['webview/state/x.test.ts', `import { test } from 'node:test'; import './x.ts';`],
  ['webview/ui/toolkit.ts', `import { vsCodeButton } from '@vscode/webview-ui-toolkit';`],
  ['test/host-suites/x.test.ts', `import * as vscode from 'vscode'; import '../host/report.ts';`],
];

for (const [file, text] of allowed) {
  test(`${file} may: ${text}`, async () => {
    assert.deepEqual(await complaints(file, text), []);
  });
}
