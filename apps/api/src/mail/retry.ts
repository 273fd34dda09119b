const MINUTE_S = 60;

/** Seconds before the second, third, ... attempt. A mail server that greylists takes the second. */
const WAITS_S = [1, 5, 15, 60, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE_S);

/** When to try again after `attempts` failures; null: it is given up, about two days after the first. */
export function nextTryS(attempts: number, nowS: number): number | null {
  const wait = WAITS_S[attempts - 1];
  return wait === undefined ? null : nowS + wait;
}

/** A server that answers 5xx to the address or to the mail itself will do so again. */
export function isFinal(error: { readonly responseCode?: unknown; readonly command?: unknown }) {
  const { responseCode, command } = error;
  const isAboutMail = command === 'RCPT TO' || command === 'DATA' || command === 'API';
  return isAboutMail && typeof responseCode === 'number' && responseCode >= 500;
}
