#!/usr/bin/env node
/** `fabomatic <command>` of an installed package. One process: a signal reaches the program itself. */
import './node-version.mjs';

import('../apps/api/cli.js');
