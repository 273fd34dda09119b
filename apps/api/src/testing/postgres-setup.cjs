/** Jest's globalSetup: a folder for this run. The first spec that needs PostgreSQL starts it there. */
const { mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-postgres-'));
  writeFileSync(join(folder, 'jest-pid'), String(process.pid));
  process.env.FABOMATIC_TEST_POSTGRES = folder;
};
