import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const text = readFileSync(join(__dirname, 'fabomatic.service'), 'utf8');
const operations = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');

/** Values of a key, in order: a key may stand more than once. */
function valuesOf(key: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1));
}

it('starts the command that docs/operations.md installs, as the user that it makes', () => {
  expect(valuesOf('ExecStart')).toEqual(['/opt/fabomatic/bin/fabomatic start']);
  expect(existsSync(join(__dirname, 'bin/fabomatic.mjs'))).toBe(true);
  expect(operations).toContain('--prefix /opt/fabomatic');
  expect(valuesOf('User')).toEqual(['fabomatic']);
  expect(operations).toMatch(/useradd --system .*fabomatic\n/);
});

it('keeps its data where only it may write, and says so to the program', () => {
  expect(valuesOf('StateDirectory')).toEqual(['fabomatic']);
  expect(valuesOf('Environment')).toContain('FABOMATIC_DATA_DIR=%S/fabomatic');
  expect(valuesOf('StateDirectoryMode')).toEqual(['0700']);
  expect(valuesOf('ProtectSystem')).toEqual(['strict']);
});

it('sets variables that the settings know', () => {
  const documented = readFileSync(join(ROOT, 'docs/settings.md'), 'utf8');
  const ours = valuesOf('Environment')
    .map((line) => line.split('=')[0] ?? '')
    .filter((name) => name.startsWith('FABOMATIC_'));
  expect(ours).toEqual(['FABOMATIC_DATA_DIR', 'FABOMATIC_SYSTEM_RESTART']);
  for (const name of ours) expect(documented).toContain(name);
});

it('waits for word that the program serves, watches it, and starts it again whatever happens', () => {
  expect(valuesOf('Type')).toEqual(['notify']);
  // systemd-notify is another process than the one that was started.
  expect(valuesOf('NotifyAccess')).toEqual(['all']);
  expect(valuesOf('WatchdogSec')).toEqual(['60']);
  expect(valuesOf('Restart')).toEqual(['always']);
  expect(valuesOf('StartLimitIntervalSec')).toEqual(['0']);
});

it('may do what it needs and nothing else', () => {
  for (const key of [
    'NoNewPrivileges',
    'PrivateTmp',
    'PrivateDevices',
    'ProtectHome',
    'ProtectKernelModules',
    'ProtectKernelTunables',
    'ProtectControlGroups',
    'RestrictNamespaces',
    'RestrictSUIDSGID',
    'LockPersonality',
  ]) {
    expect([key, ...valuesOf(key)]).toEqual([key, 'yes']);
  }
  expect(valuesOf('CapabilityBoundingSet')).toEqual(['']);
  expect(valuesOf('SystemCallFilter')).toEqual(['@system-service', '~@privileged @resources']);
  // The list of this computer's addresses is read over AF_NETLINK.
  expect(valuesOf('RestrictAddressFamilies')).toEqual(['AF_INET AF_INET6 AF_UNIX AF_NETLINK']);
  // V8 could not start.
  expect(valuesOf('MemoryDenyWriteExecute')).toEqual([]);
});
