/** Jest's globalTeardown: stops the run's PostgreSQL, if a spec started it, and removes its files. */
const { existsSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

module.exports = async () => {
  const folder = process.env.FABOMATIC_TEST_POSTGRES;
  const pidFile = join(folder, 'data', 'postmaster.pid');
  if (existsSync(pidFile)) {
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
    for (let tries = 0; existsSync(pidFile) && tries < 100; tries += 1) await sleep(50);
  }
  rmSync(folder, { recursive: true, force: true });
};
