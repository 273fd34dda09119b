import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type EpochS, fromIso, SECONDS_PER_DAY } from '@fabomatic/kernel';
import { generate } from 'selfsigned';
import { StartError, systemErrorCode } from '../start-error';
import { writePrivateFile } from './private-file';

/** Browsers refuse certificates that are valid for longer. */
const VALIDITY_DAYS = 825;
const RENEW_BEFORE_DAYS = 30;
/** A computer without a battery clock may be behind when it makes its certificate. */
const BACKDATED_DAYS = 1;

/** A certificate and its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The certificate of the data folder: kept between starts, made anew shortly before it expires. */
export async function selfSignedCertificate(
  dataFolder: string,
  nowS: EpochS,
): Promise<Certificate> {
  const paths = {
    cert: join(dataFolder, 'certificate.pem'),
    key: join(dataFolder, 'certificate-key.pem'),
  };
  const kept = readKept(paths);
  if (kept !== undefined && isUsable(kept, nowS)) return kept;
  const made = await makeCertificate(nowS);
  writePrivateFile(paths.key, made.key);
  writePrivateFile(paths.cert, made.cert);
  return made;
}

/** The certificate that the settings name. Throws a {@link StartError} that says what is wrong. */
export function certificateFromFiles(
  certFile: string,
  keyFile: string,
  section: 'web' | 'MQTT',
): Certificate {
  const certificate = {
    cert: readPem(certFile, `${section}.tls_cert_file`),
    key: readPem(keyFile, `${section}.tls_key_file`),
  };
  if (!isPair(certificate)) {
    throw new StartError(
      `The certificate ${certFile} and the key ${keyFile} do not belong together, or one of them is not PEM.`,
    );
  }
  return certificate;
}

function readPem(path: string, key: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Missing, or not readable for the user who runs this program.
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new StartError(`The file ${path} (${key}) cannot be read (${code}).`, { cause: error });
  }
}

function readKept(paths: Certificate): Certificate | undefined {
  try {
    return { cert: readFileSync(paths.cert, 'utf8'), key: readFileSync(paths.key, 'utf8') };
  } catch (error) {
    // ENOENT is the first start, or a start that was cut between the two files.
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isUsable(certificate: Certificate, nowS: EpochS): boolean {
  if (!isPair(certificate)) return false;
  const expiresS = fromIso(new X509Certificate(certificate.cert).validTo);
  return expiresS - nowS > RENEW_BEFORE_DAYS * SECONDS_PER_DAY;
}

function isPair({ cert, key }: Certificate): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (error) {
    // OpenSSL's errors, for anything that is not PEM, have codes of their own.
    if (systemErrorCode(error) !== undefined) return false;
    throw error;
  }
}

async function makeCertificate(nowS: EpochS): Promise<Certificate> {
  const at = (days: number) => new Date((nowS + days * SECONDS_PER_DAY) * 1000);
  const made = await generate([{ name: 'commonName', value: hostname() }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: at(-BACKDATED_DAYS),
    notAfterDate: at(VALIDITY_DAYS - BACKDATED_DAYS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...hostNames().map((value) => ({ type: 2 as const, value })),
          ...addresses().map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** 'fabpi' is reachable as 'fabpi.local' too, by multicast DNS. */
function hostNames(): string[] {
  const own = hostname();
  const local = own.includes('.') || own === 'localhost' ? [] : [`${own}.local`];
  return [...new Set(['localhost', own, ...local])];
}

function addresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const usable = all.filter(({ scopeid }) => !scopeid).map(({ address }) => address);
  return [...new Set(['127.0.0.1', '::1', ...usable])];
}
