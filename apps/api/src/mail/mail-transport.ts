import { readFileSync } from 'node:fs';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import type { Settings } from '../settings/settings.module';

/** The port on which TLS begins at once; on all others it begins with STARTTLS. */
const IMPLICIT_TLS_PORT = 465;

const CONNECT_MS = 10_000;
const GREETING_MS = 10_000;
const SILENCE_MS = 30_000;

/** Options of nodemailer for a mail server. With TLS a server that cannot do it is refused. */
export function smtpOptions(email: Settings['email'], server: string): SMTPTransport.Options {
  const isImplicit = email.useTls && email.port === IMPLICIT_TLS_PORT;
  const { username, password, tlsCaFile } = email;
  return {
    host: server,
    port: email.port,
    secure: isImplicit,
    requireTLS: email.useTls && !isImplicit,
    ignoreTLS: !email.useTls,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    ...(username === null ? {} : { auth: { user: username, pass: password ?? '' } }),
    ...(tlsCaFile === null ? {} : { tls: { ca: readFileSync(tlsCaFile) } }),
  };
}

export function smtpTransport(options: SMTPTransport.Options): Transporter {
  return createTransport({
    ...options,
    // Mails are made of words and of names that members typed: no file, no address is fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
