import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fromIso, SECONDS_PER_DAY, systemClock, toIso } from '@fabomatic/kernel';
import { prepareDataFolder } from '../data-folder/data-folder';
import { openReader } from '../database/open-reader';
import { findRootFolder } from '../root-folder';
import type { Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';
import { type Finding, ok, problem, warning } from './finding';

const BYTES_PER_MB = 1024 * 1024;
const FULL_MB = 100;
const NEARLY_FULL_MB = 1000;
const EXPIRES_SOON_DAYS = 30;

/** The versions that this program runs on, as package.json has them: '^20.19.0 || >=24.11.0'. */
export function checkNode(version = process.versions.node): Finding {
  const content: unknown = JSON.parse(readFileSync(join(findRootFolder(), 'package.json'), 'utf8'));
  const wanted = wantedNode(content);
  const isRight = wanted.split('||').some((range) => satisfies(version, range.trim()));
  return isRight ? ok(`Node ${version}.`) : problem(`Node ${version} is not one of ${wanted}.`);
}

function wantedNode(content: unknown): string {
  const engines = typeof content === 'object' && content !== null && 'engines' in content;
  const found = engines ? content.engines : undefined;
  const isNamed = typeof found === 'object' && found !== null && 'node' in found;
  return isNamed && typeof found.node === 'string' ? found.node : '>=20.0.0';
}

/** '^20.19.0': the same main version and not older; '>=24.11.0': not older. */
function satisfies(version: string, range: string): boolean {
  const [, sign, lowest = ''] = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(range) ?? [];
  const [found, wanted] = [version, lowest].map((text) => text.split('.').map(Number));
  if (found === undefined || wanted === undefined || sign === undefined) return false;
  if (sign === '^' && found[0] !== wanted[0]) return false;
  const place = found.findIndex((part, index) => part !== wanted[index]);
  return place === -1 || (found[place] ?? 0) > (wanted[place] ?? 0);
}

export function checkFolder({ data }: Settings): Finding {
  try {
    prepareDataFolder(data.folder);
    return ok(`The data folder ${data.folder} can be written.`);
  } catch (error) {
    // The sentence says what is in the way.
    if (!(error instanceof StartError)) throw error;
    return problem(error.message);
  }
}

/** The data folder's, and that of the backups where they lie elsewhere. */
export function checkDisk({ data, backup }: Settings): Finding[] {
  if (!existsSync(data.folder)) return [problem(`There is no data folder ${data.folder}.`)];
  const isElsewhere = relative(data.folder, backup.folder).startsWith('..');
  if (!isElsewhere) return [roomIn(data.folder)];
  // The first backup makes it.
  if (!existsSync(backup.folder)) {
    return [roomIn(data.folder), warning(`There is no folder ${backup.folder} for backups yet.`)];
  }
  return [roomIn(data.folder), roomIn(backup.folder)];
}

function roomIn(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / BYTES_PER_MB);
  const room = `${freeMb} MB are free where ${folder} lies`;
  if (freeMb < FULL_MB) return problem(`The disk is full: ${room}. Make room.`);
  if (freeMb < NEARLY_FULL_MB) return warning(`The disk is nearly full: ${room}.`);
  return ok(`${room}.`);
}

/** A Raspberry Pi has no battery clock: without a network it starts in the past. */
export async function checkClock({ database: { location } }: Settings): Promise<Finding[]> {
  const nowS = systemClock.nowS();
  const shown = toIso(nowS);
  const installedS = statSync(join(findRootFolder(), 'package.json')).mtimeMs / 1000;
  const lastS = await lastRecordS(location);
  const earliestS = Math.max(installedS, lastS ?? 0);
  if (nowS < earliestS - SECONDS_PER_DAY) {
    return [
      problem(
        `The clock says ${shown}, and something here is of ${toIso(earliestS)}: set the clock (timedatectl set-ntp true).`,
      ),
    ];
  }
  return [ok(`The clock says ${shown}.`)];
}

/** When a machine was last heard; null when nobody knows. */
async function lastRecordS(location: Settings['database']['location']): Promise<number | null> {
  if (location.kind === 'sqlite' && !existsSync(location.file)) return null;
  try {
    const { reader, close } = await openReader(location);
    try {
      const [row] = await reader.query<{ last: number | null }>(
        'SELECT MAX(last_seen_at) AS last FROM machines',
      );
      return row?.last ?? null;
    } finally {
      await close();
    }
  } catch (error) {
    // The database cannot be read: the check of the database says so.
    if (systemErrorCode(error) === undefined) throw error;
    return null;
  }
}

export async function checkCertificate({ web, data }: Settings): Promise<Finding[]> {
  if (web.tls === 'off') return [ok('HTTPS is off: a proxy in front must do it.')];
  const isOwn = web.tls === 'self-signed';
  const file = isOwn ? join(data.folder, 'certificate.pem') : (web.tlsCertFile ?? '');
  if (isOwn && !existsSync(file)) return [ok('The certificate is made at the first start.')];
  try {
    const expiresS = fromIso(
      new Date(new X509Certificate(readFileSync(file)).validTo).toISOString(),
    );
    const days = Math.floor((expiresS - systemClock.nowS()) / SECONDS_PER_DAY);
    if (isOwn && days < 0) {
      return [ok('The certificate has expired: the next start makes a new one.')];
    }
    if (days < 0) return [problem(`The certificate ${file} has expired.`)];
    if (days < EXPIRES_SOON_DAYS && !isOwn) {
      return [warning(`The certificate ${file} expires in ${days} days: renew it.`)];
    }
    return [ok(`The certificate is valid for ${days} more days.`)];
  } catch (error) {
    // Not there, not readable for this user, or no certificate: OpenSSL's errors have codes, too.
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return [problem(`The certificate ${file} cannot be read (${code}).`)];
  }
}
