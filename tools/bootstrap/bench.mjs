/** `npm run bench`: builds the product and the bench, then runs it. Arguments go to the bench. */
import './node-version.mjs';

import('./launch-bench.mjs').then(({ launchBench }) => launchBench(process.argv.slice(2)));
