import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { SECONDS_PER_DAY, systemClock } from '@fabomatic/kernel';
import { certificateFromFiles, selfSignedCertificate } from './certificate';
import { prepareDataFolder } from './data-folder';
import { lockDataFolder } from './instance-lock';
import { loadSecrets } from './secrets';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-data-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('prepareDataFolder', () => {
  it('makes the folder and its logs for the owner only', () => {
    const { path, logsPath } = prepareDataFolder(join(folder, 'a', 'data'));
    expect(modeOf(path)).toBe(0o700);
    expect(modeOf(logsPath)).toBe(0o700);
  });

  it('closes a folder that was open to others', () => {
    chmodSync(folder, 0o755);
    prepareDataFolder(folder);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('says what is in the way', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => prepareDataFolder(file)).toThrow(/a file is in its way/);
  });
});

describe('loadSecrets', () => {
  it('[B9] [S10] makes secrets once, for the owner only, and keeps them', () => {
    const first = loadSecrets(folder, null);
    expect(first.jwtSecret.length).toBeGreaterThanOrEqual(43);
    expect(loadSecrets(folder, null)).toEqual(first);
    expect(modeOf(join(folder, 'secrets.json'))).toBe(0o600);
    const other = mkdtempSync(join(tmpdir(), 'fabomatic-other-'));
    expect(loadSecrets(other, null).jwtSecret).not.toBe(first.jwtSecret);
    rmSync(other, { recursive: true });
  });

  it('lets web.secret_key win', () => {
    expect(loadSecrets(folder, 'x'.repeat(20)).jwtSecret).toBe('x'.repeat(20));
  });

  it('does not replace a damaged file', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"jwt');
    expect(() => loadSecrets(folder, null)).toThrow(/damaged/);
  });
});

describe('selfSignedCertificate', () => {
  const nowS = systemClock.nowS();

  it('[S20] is kept, and names this computer', async () => {
    const first = await selfSignedCertificate(folder, nowS);
    expect(await selfSignedCertificate(folder, nowS + 30 * SECONDS_PER_DAY)).toEqual(first);
    const certificate = new X509Certificate(first.cert);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(modeOf(join(folder, 'certificate-key.pem'))).toBe(0o600);
  });

  it('is made anew when less than 30 days are left, or when it is damaged', async () => {
    const first = await selfSignedCertificate(folder, nowS);
    const late = await selfSignedCertificate(folder, nowS + 800 * SECONDS_PER_DAY);
    expect(late.cert).not.toBe(first.cert);
    writeFileSync(join(folder, 'certificate.pem'), 'rubbish');
    const repaired = await selfSignedCertificate(folder, nowS);
    expect(repaired.cert).toContain('BEGIN CERTIFICATE');
  });

  it('files that do not belong together are refused', async () => {
    await selfSignedCertificate(folder, nowS);
    const [cert, key] = ['certificate.pem', 'certificate-key.pem'].map((n) => join(folder, n));
    expect(certificateFromFiles(cert ?? '', key ?? '', 'web').cert).toContain('BEGIN');
    expect(() => certificateFromFiles(cert ?? '', cert ?? '', 'web')).toThrow(
      /do not belong together/,
    );
    expect(() => certificateFromFiles('/gone.pem', key ?? '', 'web')).toThrow(/web.tls_cert_file/);
  });
});

describe('lockDataFolder', () => {
  it('is exclusive until it is released', () => {
    const lock = lockDataFolder(folder, 'FabOMatic');
    expect(() => lockDataFolder(folder, 'an import')).toThrow(
      `is in use by FabOMatic (process ${process.pid})`,
    );
    lock.release();
    lockDataFolder(folder, 'an import').release();
  });

  it('takes over from a process that was killed, or that left rubbish', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const path = join(folder, 'instance.lock');
    for (const stale of [
      JSON.stringify({ pid, startedTicks: null, purpose: 'FabOMatic' }),
      JSON.stringify({ pid: 1, startedTicks: 'another', purpose: 'FabOMatic' }),
      '',
    ]) {
      writeFileSync(path, stale);
      const lock = lockDataFolder(folder, 'FabOMatic');
      expect(readFileSync(path, 'utf8')).toContain(`"pid":${process.pid}`);
      lock.release();
    }
  });

  it('respects a process that runs', () => {
    writeFileSync(
      join(folder, 'instance.lock'),
      JSON.stringify({ pid: process.ppid, startedTicks: null, purpose: 'an import' }),
    );
    expect(() => lockDataFolder(folder, 'FabOMatic')).toThrow(/in use by an import/);
  });
});
