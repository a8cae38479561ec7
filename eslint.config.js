import i18n from '@intlify/eslint-plugin-vue-i18n';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import { importBoundaries } from './scripts/lint/import-boundaries.mjs';
import { knowingAll } from './scripts/lint/vueParser.mjs';

const { parser } = vue.configs['flat/base'].find(({ languageOptions }) => languageOptions?.parser).languageOptions;
const vueParser = knowingAll(parser, { root: import.meta.dirname, pattern: 'src-renderer/**/*.vue' });

/** Rules about promises that nobody waits for: their errors are heard by nobody. */
const promises = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
};
/** Rules about values whose type is not known: they are checked or told before they are used. */
const unknowns = {
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
};

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'coverage', 'test-results', '.cutpoint', 'test/golden', 'test/fixtures'] },
  tseslint.configs.recommended,
  vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } } },
  {
    plugins: { cutpoint: { rules: { 'import-boundaries': importBoundaries } } },
    rules: {
      'cutpoint/import-boundaries': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // tfjs-node is CommonJS and is loaded late, once an engine is chosen.
      '@typescript-eslint/no-require-imports': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
    },
  },
  {
    // The types come from the configurations that vue-tsc checks with.
    files: ['src-*/**/*.{ts,vue}', 'test/**/*.ts', 'scripts/**/*.ts', '*.config.ts'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: promises,
  },
  { files: ['src-*/**/*.{ts,vue}'], rules: unknowns },
  {
    // Its types cost nothing; to build all schemas takes longer than what a command does.
    files: ['src-main/cli/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/contract/index.ts'],
              allowTypeImports: true,
              message: 'Import the part of the contract that has the method.',
            },
          ],
        },
      ],
    },
  },
  {
    // All words lie in src-renderer/text, in every language.
    files: ['src-renderer/**/*.vue'],
    plugins: { '@intlify/vue-i18n': i18n },
    rules: {
      '@intlify/vue-i18n/no-raw-text': [
        'error',
        {
          // Marks, numbers and names of programs are the same everywhere.
          ignorePattern: '^[^\\p{L}]*$',
          ignoreNodes: ['code', 'kbd', 'pre', 'option'],
          ignoreText: ['Cutpoint', 'Esc', 'AUROC', 'AUPRC', 'SHA-256'],
          attributes: {
            '/.+/': [
              'aria-label',
              'title',
              'label',
              'lead',
              'hint',
              'unit',
              'caption',
              'described',
              'action',
              'what',
              'again',
            ],
          },
        },
      ],
    },
  },
  {
    // Prettier lays out the templates.
    files: ['**/*.vue'],
    rules: {
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multi-word-component-names': 'off',
    },
  },
);
