import type { MailProblem } from './mail.schema';

/** What is stored for a mail that an administrator took out of the queue. */
export const DISCARDED = 'discarded';
/** What is stored for a mail that was sealed with a secret that was replaced since. */
export const UNREADABLE = 'sealed with another secret';

/** The first that fits; the words are nodemailer's, Node's, and those of SMTP (RFC 5321). */
const SIGNS: readonly [MailProblem, RegExp][] = [
  ['discarded', new RegExp(`^${DISCARDED}$`)],
  ['unreadable', new RegExp(`^${UNREADABLE}$`)],
  ['login-refused', /Invalid login|Missing credentials|\b53[458]\b/],
  ['no-tls', /STARTTLS|wrong version number|ssl3_get_record/i],
  ['certificate', /certificate|altnames/i],
  ['unreachable', /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EDNS/],
  ['no-answer', /timeout|timed out|ETIMEDOUT|Greeting never received|closed|ECONNRESET|EPIPE/i],
  ['address-refused', /recipients were rejected: 5|\b55[0-3]\b/],
  ['put-off', /\b4[0-9]{2}\b/],
  ['mail-refused', /\b5[0-9]{2}\b/],
];

/** What went wrong -> its code. Worked row: 'connect ECONNREFUSED 10.0.0.2:25' -> 'unreachable'. */
export function mailProblemOf(lastError: string): MailProblem {
  return SIGNS.find(([, sign]) => sign.test(lastError))?.[0] ?? 'other';
}
