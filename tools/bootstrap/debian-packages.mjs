/**
 * What the tests need besides npm's packages: a real broker and a browser. As root on Debian they
 * are installed; anybody else is told what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runWithProgress } from './progress.mjs';

/** Debian's package -> the programs of which one must be there. */
const NEEDED = {
  mosquitto: ['mosquitto'],
  'mosquitto-clients': ['mosquitto_pub'],
  'chromium-headless-shell': [
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome',
  ],
};

/** Asked by Debian's packages before they start a service: 101 is "you must not". */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

/** Returns whether all is there now. */
export async function provideDebianPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0 || find('apt-get') === undefined) {
    console.error(`The tests need more programs: sudo apt-get install ${missing.join(' ')}`);
    return false;
  }
  return (await install(missing)) && missingPackages().length === 0;
}

function missingPackages() {
  return Object.entries(NEEDED)
    .filter(([, programs]) => programs.every((program) => find(program) === undefined))
    .map(([name]) => name);
}

function find(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Without the guard Debian's broker would run on port 1883 afterwards, where ours wants to be. */
async function install(packages) {
  const isOurs = !existsSync(SERVICE_POLICY);
  if (isOurs) writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const apt = (label, ...args) => runWithProgress(label, 'apt-get', args, '/');
    process.env.DEBIAN_FRONTEND = 'noninteractive';
    if (!(await apt('Looking for Debian packages', 'update'))) return false;
    const options = ['install', '-y', '--no-install-recommends'];
    if (!(await apt(`Installing ${packages.join(', ')}`, ...options, ...packages))) return false;
  } finally {
    if (isOurs) rmSync(SERVICE_POLICY, { force: true });
  }
  // Nor at the next start of the computer. Without systemd there is nothing that would start it.
  if (packages.includes('mosquitto') && find('systemctl') !== undefined) {
    spawnSync('systemctl', ['disable', '--now', 'mosquitto.service'], { stdio: 'ignore' });
  }
  return true;
}
