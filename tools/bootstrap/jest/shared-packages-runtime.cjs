/**
 * Jest loads each package anew for each spec file. Of Nest, TypeORM and what they need that is two
 * thousand files, more work than the tests of most specs. Here Node itself loads packages, once in
 * a worker; our own code is loaded anew for each spec file as ever.
 */
const { createRequire } = require('node:module');
const { default: CompileOnceRuntime } = require('./compile-once-runtime.cjs');

/** Those that jest itself hands out. */
const JESTS_OWN = /^@jest\/globals$|^jest-/;
/** What is not a path and not one of Node's own modules. */
const PACKAGE = /^(?!\.|\/|node:)/;

class SharedPackagesRuntime extends CompileOnceRuntime {
  #isOurs;

  constructor(config, ...rest) {
    super(config, ...rest);
    const aliases = config.moduleNameMapper.map(([pattern]) => new RegExp(pattern));
    this.#isOurs = (name) => aliases.some((alias) => alias.test(name));
  }

  requireModuleOrMock(from, name) {
    const isShared = PACKAGE.test(name) && !JESTS_OWN.test(name) && !this.#isOurs(name);
    return isShared ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
}

module.exports = { __esModule: true, default: SharedPackagesRuntime };
