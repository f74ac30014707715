// What the compiler does not see: mistakes (typescript-eslint) and the import borders of the design.
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import importBorders from './scripts/import-borders.js';

/** Node's test runner waits for its tests by itself. */
const awaitedByThemselves = ['test', 'it', 'describe', 'suite'].map((name) => ({
  from: 'package',
  name,
  package: 'node:test',
}));

/** What runs can do stands in their nature; which world has which, one module knows. */
const noWorlds = [
  {
    selector: 'BinaryExpression[operator=/^[!=]==$/] > Literal[value=/^(pure|simulated|live)$/]',
    message:
      'Ask for what a run can do (its nature), not for the name of its world: labs/engine/lab/worlds.ts knows which has which.',
  },
  {
    selector: 'SwitchCase > Literal[value=/^(pure|simulated|live)$/]',
    message:
      'Ask for what a run can do (its nature), not for the name of its world: labs/engine/lab/worlds.ts knows which has which.',
  },
];

/** What a lab names is a wish: whether a run can fill it, the registry of views asks. */
const noViewQuestions = [
  {
    selector:
      'CallExpression > MemberExpression[property.name=/^(includes|indexOf|some|has)$/]:matches([object.property.name="views"], [object.name="views"])',
    message:
      'Ask whether there is anything to draw (webview/state/views.ts), or whether a lab has a view (labs/engine/lab/views.ts): what it names is a wish.',
  },
];

const everywhere = [...noWorlds, ...noViewQuestions];

/** Node 22.15, that of the oldest VS Code supported, knows none of it; the types let it pass. */
const notInNode22 = [
  { selector: 'VariableDeclaration[kind=/using$/]', message: "Node 22 knows no 'using': write try … finally." },
];

export default defineConfig(
  globalIgnores(['dist', 'out', '.cache']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    plugins: { design: { rules: { 'import-borders': importBorders } } },
    languageOptions: { parserOptions: { project: ['tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json'] } },
    rules: {
      'design/import-borders': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...everywhere],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A learner's state and messages are plain data of any shape; what is `any` by accident the compiler finds.
      '@typescript-eslint/no-explicit-any': 'off',
      // A non-null assertion says: checked at the door.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // How JSX learns of custom elements.
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      // These want types and take time; a promise that nobody waits for is worth it.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: awaitedByThemselves }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    // What ships runs under the Node 22.15 of the oldest VS Code that is supported (`node-floor`). The types are those of
    // that Node; this is what they let pass.
    files: ['extension/**/*.ts', 'labs/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...notInNode22],
      'no-restricted-globals': ['error', { name: 'EventSource', message: 'Node 22 has none without an option.' }],
    },
  },
  {
    files: ['labs/engine/lab/worlds.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noViewQuestions, ...notInNode22] },
  },
  {
    files: ['labs/engine/lab/views.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noWorlds, ...notInNode22] },
  },
);
