/**
 * The texts of Espressif's OTA protocol, as espota.py speaks it to ArduinoOTA: the invitation and
 * the password by UDP, the file by TCP.
 */

/** Write this to the app's partition; 100 would be the file system. */
const FLASH = 0;
const AUTH = 200;

/** The boards' UDP port unless their firmware sets another one. */
export const OTA_PORT = 3232;
/** As espota.py sends it; the board answers each with the number of bytes that it wrote. */
export const OTA_BLOCK_BYTES = 1024;

/** '0 23340 1024000 <md5>': "connect to this port of mine for so many bytes". */
export function otaInvitation(port: number, sizeBytes: number, md5: string): string {
  return `${FLASH} ${port} ${sizeBytes} ${md5}\n`;
}

export type OtaAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'password'; readonly nonce: string }
  /** SHA-256, as ArduinoOTA asks for since version 3.3 of Espressif's core. */
  | { readonly kind: 'newer-password' }
  | { readonly kind: 'refused'; readonly text: string };

/** What a board answers to an invitation. */
export function readOtaAnswer(text: string): OtaAnswer {
  const answer = text.trim();
  if (answer === 'OK') return { kind: 'ok' };
  const nonce = /^AUTH ([0-9a-f]+)$/i.exec(answer)?.[1] ?? '';
  if (nonce.length === 32) return { kind: 'password', nonce };
  if (nonce.length === 64) return { kind: 'newer-password' };
  return { kind: 'refused', text: answer };
}

/** The answer to a nonce; `md5` gives 32 lower-case hex digits. */
export function otaResponse(
  password: string,
  nonce: string,
  cnonce: string,
  md5: (text: string) => string,
): string {
  return `${AUTH} ${cnonce} ${md5(`${md5(password)}:${nonce}:${cnonce}`)}\n`;
}

/** What a board has said by TCP so far: counts of bytes, then `OK` or words about what is wrong. */
export function readOtaResult(
  text: string,
): { readonly kind: 'counts' | 'ok' } | { readonly kind: 'error'; readonly text: string } {
  if (/^[\d\s]*OK\s*$/.test(text)) return { kind: 'ok' };
  const words = text.replace(/^[\d\s]+/, '').trim();
  // Half of "OK" may have come.
  return words === '' || words === 'O' ? { kind: 'counts' } : { kind: 'error', text: words };
}

/** What it means that a board came back: it must say another version, unless the same one was meant. */
export function isUpdated(before: string, after: string, mayBeSame: boolean): boolean {
  return mayBeSame || before !== after;
}
