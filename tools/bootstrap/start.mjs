/** `npm start`: everything from a fresh clone to a running product. Arguments go to main.js. */
import './node-version.mjs';

import('./launch.mjs').then(({ launch }) => launch('main.js', process.argv.slice(2)));
