/** `npm run fabomatic -- <command>`: the command line, built before when needed. */
import './node-version.mjs';

import('./launch.mjs').then(({ launch }) => launch('cli.js', process.argv.slice(2)));
