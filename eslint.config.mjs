import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import fabomatic from './tools/bootstrap/eslint/plugin.mjs';

try {
  readCachedProjectGraph();
} catch {
  // No graph yet: without one the rule about boundaries prints a warning and checks nothing.
  await createProjectGraphAsync();
}

const root = import.meta.dirname;
const SPECS = ['**/*.spec.ts', '**/*.fixture.ts', 'apps/api/src/testing/**'];

/** kernel <- machines <- members <- uses <- maintenance <- boards <- system; each sees those before it. */
const DOMAINS = ['machines', 'members', 'uses', 'maintenance', 'boards', 'system'];
const domainOrder = DOMAINS.map((name, place) => ({
  sourceTag: `domain:${name}`,
  onlyDependOnLibsWithTags: [
    'type:kernel',
    ...DOMAINS.slice(0, place).map((lower) => `domain:${lower}`),
  ],
}));

const boundaries = {
  enforceBuildableLibDependency: false,
  allow: [],
  depConstraints: [
    { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: [] },
    { sourceTag: 'type:i18n', onlyDependOnLibsWithTags: ['type:kernel'] },
    ...domainOrder,
    { sourceTag: 'type:migrations', onlyDependOnLibsWithTags: ['type:kernel'] },
    {
      sourceTag: 'type:tool',
      onlyDependOnLibsWithTags: ['type:kernel', 'type:domain', 'type:tool'],
    },
    {
      sourceTag: 'type:app',
      // Tools: the API's demo lets virtual boards tap. Of the apps only the API sees migrations;
      // `runs:browser` below keeps the web app away from both.
      onlyDependOnLibsWithTags: [
        'type:kernel',
        'type:i18n',
        'type:domain',
        'type:migrations',
        'type:tool',
      ],
    },
    { sourceTag: 'runs:anywhere', onlyDependOnLibsWithTags: ['runs:anywhere'] },
    { sourceTag: 'runs:browser', onlyDependOnLibsWithTags: ['runs:anywhere'] },
    { sourceTag: 'runs:node', onlyDependOnLibsWithTags: ['runs:anywhere', 'runs:node'] },
  ],
};

/** Nx's rule knows packages of the lock file only: Node's own modules need a rule of ours. */
const never = (why, ...patterns) => [
  'error',
  patterns.map((pattern) => ({ pattern: `^${pattern}`, why })),
];
const NODE = '(?:node:|(?:fs|path|os|crypto|net|http|https|child_process|events|stream|util)$)';
const ANGULAR = '@angular/';
const SERVER = ['@nestjs/', 'typeorm(?:/|$)', 'mqtt(?:/|$)', 'aedes', 'pg$', 'better-sqlite3$'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.nx/',
      '.angular/',
      '**/fixtures/',
      'coverage/',
      'data/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.cjs'],
    extends: [...tseslint.configs.recommended],
    plugins: { '@nx': nx, fabomatic },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'fabomatic/one-clock': 'error',
      'fabomatic/one-environment': 'error',
    },
  },
  {
    // Promises that nobody awaits are how a board is answered before its use is on disk.
    files: ['{apps,libs}/**/*.ts', 'migrations/**/*.ts', 'tools/*/src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // Nest awaits what its types call void: `close()` of a transport, for one.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { inheritedMethods: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // They read their own time and environment: they measure, and they start the others.
    files: ['tools/**', 'apps/e2e/**', ...SPECS, '**/*.cjs'],
    rules: { 'fabomatic/one-clock': 'off', 'fabomatic/one-environment': 'off' },
  },
  { files: ['tools/**'], rules: { 'no-console': 'off' } },
  // An old Node must be able to read it, to say that it is too old.
  { files: ['tools/bootstrap/node-version.mjs'], rules: { 'no-var': 'off' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['libs/kernel/src/clock.ts'], rules: { 'fabomatic/one-clock': 'off' } },
  {
    files: ['apps/api/src/settings/load-settings.ts'],
    rules: { 'fabomatic/one-environment': 'off' },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: SPECS,
    rules: {
      'fabomatic/forbidden-packages': never(
        'both apps share this library, which is plain TypeScript',
        ...SERVER,
        ANGULAR,
        'rxjs(?:/|$)',
        NODE,
      ),
    },
  },
  {
    // Are there words for every error? Only the domains know which errors there are.
    files: ['libs/i18n/**/*.spec.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          ...boundaries,
          depConstraints: [
            { sourceTag: 'type:i18n', onlyDependOnLibsWithTags: ['type:kernel', 'type:domain'] },
          ],
        },
      ],
    },
  },
  {
    // Specs of the libraries may read files of recordings.
    files: ['libs/**/*.spec.ts'],
    rules: {
      'fabomatic/forbidden-packages': never('it is a rule that is tested here', ...SERVER, ANGULAR),
    },
  },
  {
    files: ['apps/web/**/*.ts'],
    ignores: SPECS,
    rules: {
      'fabomatic/forbidden-packages': never('this runs in a browser', ...SERVER, NODE),
    },
  },
  {
    files: ['apps/web/**/*.spec.ts'],
    rules: { 'fabomatic/forbidden-packages': never('this runs in a browser', ...SERVER) },
  },
  {
    files: ['{apps/api,apps/e2e,tools}/**/*.ts', 'tools/**/*.mjs'],
    rules: { 'fabomatic/forbidden-packages': never('this runs in Node', ANGULAR) },
  },
  {
    files: ['migrations/**/*.ts'],
    rules: {
      'fabomatic/forbidden-packages': never(
        'a migration says by itself what it does: entities change after it',
        ANGULAR,
        '@nestjs/',
        '.*\\.entity$',
        '.*/entities$',
      ),
    },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    rules: {
      'fabomatic/api-doors': ['error', join(root, 'apps/api/src')],
      'fabomatic/one-writer': 'error',
    },
  },
  { files: ['apps/api/src/database/**'], rules: { 'fabomatic/one-writer': 'off' } },
  {
    files: ['apps/web/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      // Handlers and parts of a page bear no suffix (the style guide of 2025).
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
    },
  },
  {
    files: ['apps/web/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  prettier,
);
