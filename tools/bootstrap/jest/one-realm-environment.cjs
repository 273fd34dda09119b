/**
 * Where the specs of Node run: in the realm of the worker itself, not in a new one for each file.
 * What a package throws or returns is then an `Error` or a `Date` for a spec as well, and a package
 * may be loaded once for all specs (`shared-packages-runtime.cjs`).
 */
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

class OneRealmEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  /** What a spec file finds: each begins with the same. */
  #env = { ...process.env };
  #exit = process.exit;
  #names = new Set(Reflect.ownKeys(globalThis));

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    process.exit = this.#exit;
    for (const name of Reflect.ownKeys(globalThis)) {
      if (!this.#names.has(name)) Reflect.deleteProperty(globalThis, name);
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Never null: jest takes that for an environment that has ended. */
  getVmContext() {
    return globalThis;
  }
}

module.exports = OneRealmEnvironment;
