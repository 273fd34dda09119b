/**
 * Jest compiles each file anew for each spec file that needs it. Here a worker compiles it once, with
 * all that V8 learns of it meanwhile; each spec file still makes a module of its own of it, in its
 * own realm.
 */
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** File -> what it was compiled from and to. */
const compiled = new Map();

/** A function of these parameters whose body is the file; lines and columns are those of the file. */
function compileOnce(source, filename, parameters) {
  const head = `(function(${parameters.join()}){`;
  const found = compiled.get(filename);
  if (found?.source === source && found.head === head) return found.script;
  const script = new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
  compiled.set(filename, { source, head, script });
  return script;
}

class CompileOnceRuntime extends Runtime {
  constructor(config, environment, ...rest) {
    super(config, environment, ...rest);
    const { executor } = this;
    executor.compile = (source, filename) => {
      const realm = environment.getVmContext();
      // Null: the environment has ended.
      if (realm === null) return null;
      const script = compileOnce(source, filename, executor.injectedModuleParameters);
      return realm === globalThis ? script.runInThisContext() : script.runInContext(realm);
    };
  }
}

module.exports = { __esModule: true, default: CompileOnceRuntime };
