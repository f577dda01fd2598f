import js from '@eslint/js';
import globals from 'globals';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Globals that the core must not use: it receives time, storage, the network and the page as ports. */
const platform = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'caches',
  'fetch',
  'performance',
  'Date',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'queueMicrotask',
  'console',
  'self',
  'postMessage',
];

/** Words that hide the subject of a sentence: name the caller, the user, the tab. */
const vagueWords = ['nobody', 'somebody', 'whoever', 'what has come'];

/** The same words in texts and in the titles of tests. */
const vagueTexts = ['Literal[value=', 'TemplateElement[value.raw='].map((start) => ({
  selector: `${start}/\\b(${vagueWords.join('|')})\\b/i]`,
  message: 'Name the subject: the user, the caller, the tab or the bytes.',
}));

export default tseslint.config(
  { ignores: ['**/dist/', 'build/', 'coverage/', '**/node_modules/', 'test/docs/preludes/', 'test/types/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ObjectExpression > SpreadElement > ObjectExpression',
          message: 'TypeScript does not refuse an unknown property of a spread object: write the properties.',
        },
        ...vagueTexts,
      ],
      // A signal's reason and what a loader threw are passed on as they are.
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
    },
  },
  {
    files: ['**/*.{ts,js,mjs,cjs}'],
    rules: { 'no-warning-comments': ['error', { terms: ['todo', 'fixme', ...vagueWords], location: 'anywhere' }] },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...globals.node, ...globals.browser, ...globals.serviceworker, ...globals.mocha } },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true, caughtErrors: 'none' }],
      'no-restricted-syntax': ['error', ...vagueTexts],
      // A loop in which a test waits ends by `return`.
      'no-constant-condition': ['error', { checkLoops: false }],
    },
  },
  {
    // The vocabulary of a model, and this list.
    files: ['demo/models/words.js', 'eslint.config.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/**/*.ts', 'tools/**/*.js', 'test/**/*.js', 'demo/**/*.js'],
    rules: {
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    // A suite is one function.
    files: ['test/**/*.js'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['src/core/time/system-clock.ts', 'src/core/failure/platform-connectivity.ts', 'src/core/fetch-like.ts'],
    rules: { 'no-restricted-globals': ['error', ...platform] },
  },
  {
    files: ['src/elements/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended'], litA11y.configs.recommended].filter(Boolean),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Chai's assertions are properties, and a plugin's types make promises of `equal`.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The types of the DOM promise more than a test may take for granted.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
