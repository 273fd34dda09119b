/**
 * Ends the process with one sentence when this Node is too old. Import it first and load the rest
 * with import(): no syntax here that an old Node cannot read.
 */
import { readFileSync } from 'fs';

/** '20.19.0' -> [20, 19, 0] */
function parts(version) {
  return version.split('.').map(Number);
}

function isAtLeast(version, minimum) {
  for (var i = 0; i < 3; i++) {
    if (version[i] !== minimum[i]) return version[i] > minimum[i];
  }
  return true;
}

/** Understands '^20.19.0 || >=24.11.0', the two forms that package.json uses. */
export function satisfies(version, range) {
  var found = parts(version);
  return range.split('||').some(function (alternative) {
    var match = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(alternative.trim());
    if (!match) return false;
    var minimum = parts(match[2]);
    return isAtLeast(found, minimum) && (match[1] === '>=' || found[0] === minimum[0]);
  });
}

var packageFile = new URL('../../package.json', import.meta.url);
var range = JSON.parse(readFileSync(packageFile, 'utf8')).engines.node;
if (!satisfies(process.versions.node, range)) {
  var wanted = range.replace(/\^|>=/g, '').replace(/ \|\| /g, ', ');
  console.error(
    'FabOMatic needs Node ' +
      wanted +
      ' or a later release of these; this is ' +
      process.versions.node +
      '. Get one from https://nodejs.org.',
  );
  process.exit(1);
}
