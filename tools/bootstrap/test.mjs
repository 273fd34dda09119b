/** `npm test`: all that CI runs. `npm run check` (`--quick`): what a few minutes can tell. */
import './node-version.mjs';

import('./test-run.mjs').then(({ runTests }) =>
  runTests({ isQuick: process.argv.includes('--quick') }),
);
