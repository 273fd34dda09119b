/** Two kinds of specs: those that run in Node (api, libs, migrations, tools) and the web app's. */
const { createCjsPreset } = require('jest-preset-angular/presets');
const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [file]]) => [
    `^${name}$`,
    file.replace('./', '<rootDir>/'),
  ]),
);

const swc = (parser, transform = {}) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: { target: 'es2022', parser, transform, keepClassNames: true },
    module: { type: 'commonjs' },
  },
];

const node = {
  displayName: 'node',
  testEnvironment: '<rootDir>/tools/bootstrap/jest/one-realm-environment.cjs',
  runtime: '<rootDir>/tools/bootstrap/jest/shared-packages-runtime.cjs',
  testMatch: ['<rootDir>/{libs,migrations,tools,apps/api}/**/*.spec.ts'],
  // A folder for one real PostgreSQL; the first spec that needs it starts it there.
  globalSetup: '<rootDir>/apps/api/src/testing/postgres-setup.cjs',
  globalTeardown: '<rootDir>/apps/api/src/testing/postgres-teardown.cjs',
  moduleNameMapper,
  transform: {
    '^.+\\.ts$': swc(
      { syntax: 'typescript', decorators: true },
      { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    ),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
};

const web = {
  ...createCjsPreset({ tsconfig: '<rootDir>/apps/web/tsconfig.spec.json' }),
  displayName: 'web',
  runtime: '<rootDir>/tools/bootstrap/jest/compile-once-runtime.cjs',
  testEnvironment: 'jest-preset-angular/environments/jest-jsdom-env',
  setupFilesAfterEnv: ['<rootDir>/apps/web/src/test-setup.ts'],
  testMatch: ['<rootDir>/apps/web/**/*.spec.ts'],
  moduleNameMapper,
};

module.exports = {
  projects: [node, web],
  testSequencer: '<rootDir>/tools/bootstrap/jest/own-code-first.cjs',
};
