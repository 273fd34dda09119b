import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SECONDS_PER_DAY } from '@fabomatic/kernel';
import { generate } from 'selfsigned';
import { loadSettings } from '../settings/load-settings';
import type { Settings } from '../settings/settings.module';
import { Sqlite } from '../sqlite-driver';
import { checkCertificate, checkClock, checkDisk, checkFolder } from './doctor-computer';

const DAY_MS = SECONDS_PER_DAY * 1000;
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fabomatic-doctor-'))));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function settings(more: Record<string, string> = {}): Settings {
  return loadSettings({ FABOMATIC_DATA_DIR: folder, ...more }, folder);
}

describe('the disk', () => {
  it.each([
    [50, 'problem', 'The disk is full: 50 MB are free'],
    [500, 'warning', 'nearly full: 500 MB are free'],
    [5000, 'ok', '5000 MB are free'],
  ])('with %s MB left', (freeMb, state, text) => {
    const blocks = { bavail: freeMb * 256, bsize: 4096 };
    jest.spyOn(fs, 'statfsSync').mockReturnValue(blocks as ReturnType<typeof fs.statfsSync>);
    expect(checkDisk(settings())).toEqual([
      { state, text: expect.stringContaining(text) as string },
    ]);
  });

  it('of the backups is another one where they lie elsewhere', () => {
    const backups = join(tmpdir(), basename(folder).replace('doctor', 'elsewhere'));
    const elsewhere = () => checkDisk(settings({ FABOMATIC_BACKUP_FOLDER: backups }));
    expect(elsewhere()[1]).toMatchObject({
      state: 'warning',
      text: expect.stringContaining('for backups yet') as string,
    });
    mkdirSync(backups);
    jest.spyOn(fs, 'statfsSync').mockImplementation((path) => {
      const bavail = path === backups ? 0 : 5000 * 256;
      return { bavail, bsize: 4096 } as ReturnType<typeof fs.statfsSync>;
    });
    expect(elsewhere()).toMatchObject([
      { state: 'ok' },
      { state: 'problem', text: expect.stringContaining(backups) as string },
    ]);
    rmSync(backups, { recursive: true });
  });

  it('says where there is no folder, and which is in the way', () => {
    const none = join(folder, 'none');
    expect(checkDisk(settings({ FABOMATIC_DATA_DIR: none }))).toMatchObject([{ state: 'problem' }]);
    writeFileSync(none, '');
    expect(checkFolder(settings({ FABOMATIC_DATA_DIR: none }))).toMatchObject({
      state: 'problem',
      text: expect.stringContaining(none) as string,
    });
  });
});

it('a clock that is behind what is written here is wrong', async () => {
  const database = new Sqlite(join(folder, 'fabomatic.db'));
  database.exec('CREATE TABLE machines (last_seen_at REAL)');
  const write = database.prepare('INSERT INTO machines VALUES (?)');
  write.run(Date.now() / 1000 - 60);
  expect(await checkClock(settings())).toMatchObject([{ state: 'ok' }]);
  // A Raspberry Pi without a battery begins where it ended, or years ago.
  write.run((Date.now() + 3 * DAY_MS) / 1000);
  database.close();
  expect(await checkClock(settings())).toMatchObject([
    { state: 'problem', text: expect.stringContaining('set the clock') as string },
  ]);
});

describe('the certificate', () => {
  async function certificate(days: number): Promise<string> {
    const notBeforeDate = new Date(Date.now() - 100 * DAY_MS);
    const notAfterDate = new Date(Date.now() + days * DAY_MS + 60_000);
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'lab' }], {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notBeforeDate,
      notAfterDate,
    });
    for (const name of ['cert.pem', 'certificate.pem']) writeFileSync(join(folder, name), cert);
    writeFileSync(join(folder, 'key.pem'), key);
    return join(folder, 'cert.pem');
  }
  const files = () =>
    settings({
      FABOMATIC_WEB_TLS: 'files',
      FABOMATIC_WEB_TLS_CERT_FILE: join(folder, 'cert.pem'),
      FABOMATIC_WEB_TLS_KEY_FILE: join(folder, 'key.pem'),
    });

  it.each([
    [-2, 'problem', 'has expired'],
    [10, 'warning', 'expires in 10 days: renew it'],
    [90, 'ok', 'valid for 90 more days'],
  ])('that a person must renew, with %s days left', async (days, state, text) => {
    await certificate(days);
    expect(await checkCertificate(files())).toEqual([
      { state, text: expect.stringContaining(text) as string },
    ]);
  });

  it('of its own needs nobody', async () => {
    expect(await checkCertificate(settings())).toMatchObject([
      { state: 'ok', text: expect.stringContaining('first start') as string },
    ]);
    await certificate(-2);
    expect(await checkCertificate(settings())).toMatchObject([
      { state: 'ok', text: expect.stringContaining('makes a new one') as string },
    ]);
  });

  it('that is no certificate', async () => {
    writeFileSync(await certificate(90), 'not a certificate');
    expect(await checkCertificate(files())).toMatchObject([
      { state: 'problem', text: expect.stringContaining('cannot be read') as string },
    ]);
    rmSync(join(folder, 'cert.pem'));
    expect(await checkCertificate(files())).toMatchObject([
      { state: 'problem', text: expect.stringContaining('ENOENT') as string },
    ]);
  });
});
