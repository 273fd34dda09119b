import type { ConnectionProblem } from '@fabomatic/system';

/** What is looked for in the code or the message of an error, in this order. */
const SIGNS: readonly (readonly [RegExp, ConnectionProblem])[] = [
  [/ENOTFOUND|EAI_AGAIN|EDNS/, 'unknown_host'],
  [/ECONNREFUSED/, 'refused'],
  // Of PostgreSQL: wrong password, no such role, no entry in pg_hba.conf.
  [/EAUTH|28P01|28000|not authori[sz]ed|bad user ?name or password|authentication/i, 'login'],
  [/CERT|SELF_SIGNED|UNABLE_TO|ETLS|ERR_SSL|ERR_TLS|certificate/i, 'certificate'],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ESOCKET|ECONNECTION|no answer|timeout/i,
    'no_answer',
  ],
  [/ENOENT|EACCES|SQLITE_CANTOPEN/, 'no_file'],
];

/** Sorts what stood in the way of a connection, so that a page can say it in the reader's words. */
export function connectionProblem(error: unknown): ConnectionProblem {
  const text = errorText(error);
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? 'other';
}

/** 'ECONNREFUSED connect ECONNREFUSED 127.0.0.1:1'; Node hides several attempts in one error. */
function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const message = 'message' in error ? String(error.message) : '';
  const parts = error instanceof AggregateError ? error.errors.map(errorText) : [];
  const cause = 'cause' in error && error.cause !== undefined ? errorText(error.cause) : '';
  return [code, message, ...parts, cause].join(' ');
}
