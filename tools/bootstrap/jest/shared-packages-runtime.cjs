/**
 * Jest loads each package anew for each spec file. Of Nest, TypeORM and what they need that is two
 * thousand files, more work than the tests of most specs. Here Node itself loads packages, once in
 * a worker; our own code is loaded anew for each spec file as ever, but compiled once.
 */
const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** Those that jest itself hands out. */
const JESTS_OWN = /^@jest\/globals$|^jest-/;
/** What is not a path and not one of Node's own modules. */
const PACKAGE = /^(?!\.|\/|node:)/;

/** File -> what it was compiled from and to: a function that makes the module, of no state itself. */
const compiled = new Map();

function compileOnce(source, filename, parameters) {
  const found = compiled.get(filename);
  if (found?.source === source && found.parameters === parameters.join()) return found.make;
  const make = compileFunction(source, parameters, { filename });
  compiled.set(filename, { source, parameters: parameters.join(), make });
  return make;
}

class SharedPackagesRuntime extends Runtime {
  #isOurs;

  constructor(config, ...rest) {
    super(config, ...rest);
    const aliases = config.moduleNameMapper.map(([pattern]) => new RegExp(pattern));
    this.#isOurs = (name) => aliases.some((alias) => alias.test(name));
    this.executor.compile = (source, filename) =>
      compileOnce(source, filename, this.executor.injectedModuleParameters);
  }

  requireModuleOrMock(from, name) {
    const isShared = PACKAGE.test(name) && !JESTS_OWN.test(name) && !this.#isOurs(name);
    return isShared ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
}

module.exports = { __esModule: true, default: SharedPackagesRuntime };
