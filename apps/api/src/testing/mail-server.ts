import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from '@fabomatic/virtual-board';
import { until } from './test-lab';

/** A mail as it arrived, decoded. */
export interface ReceivedMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly isSecure: boolean;
  /** Headers and bodies as they were sent. */
  readonly raw: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A real mail server that keeps what it is sent. */
export class TestMailServer {
  readonly mails: ReceivedMail[] = [];
  /** What the server answers to the next recipients instead of taking them. */
  readonly refusals: { code: number; text: string }[] = [];

  private constructor(
    readonly port: number,
    private readonly server: SMTPServer,
  ) {}

  static async start(options: SMTPServerOptions = {}, port?: number): Promise<TestMailServer> {
    const free = port ?? (await freePort());
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.key === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
      onRcptTo: (_address, _session, done) => {
        const refusal = mail.refusals.shift();
        const error = new Error(refusal?.text);
        done(refusal ? Object.assign(error, { responseCode: refusal.code }) : null);
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          mail.keep(Buffer.concat(chunks).toString('utf8'), session);
          done();
        });
      },
      ...options,
    });
    const mail = new TestMailServer(free, server);
    // Clients that break off because they do not trust the certificate.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(free, '127.0.0.1', resolve));
    return mail;
  }

  /** Settings that make the product send its mails here. */
  get environment(): Record<string, string> {
    return {
      FABOMATIC_EMAIL_SERVER: '127.0.0.1',
      FABOMATIC_EMAIL_PORT: String(this.port),
      FABOMATIC_EMAIL_USE_TLS: 'false',
      FABOMATIC_EMAIL_SENDER: 'lab@example.org',
    };
  }

  /** The latest mail to this address, when it has arrived. */
  async mailTo(address: string): Promise<ReceivedMail> {
    const find = () => this.mails.findLast(({ to }) => to.includes(address));
    await until(() => find() !== undefined);
    const mail = find();
    if (mail === undefined) throw new Error('no mail');
    return mail;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private keep(
    raw: string,
    { envelope, secure }: { envelope: SMTPEnvelope; secure: boolean },
  ): void {
    const { mailFrom, rcptTo } = envelope;
    this.mails.push({
      to: rcptTo.map(({ address }) => address),
      from: mailFrom === false ? '' : mailFrom.address,
      isSecure: secure,
      raw,
      subject: shownHeader(new Map(headOf(raw)).get('subject') ?? ''),
      text: partOf(raw, 'text/plain'),
      html: partOf(raw, 'text/html'),
    });
  }
}

type SMTPEnvelope = {
  mailFrom: false | { address: string };
  rcptTo: readonly { address: string }[];
};

/** A server that takes the connection and never says a word. */
export async function silentServer(): Promise<{ port: number; stop: () => Promise<void> }> {
  const port = await freePort();
  const server = createServer((socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Lines of the head, unfolded: [name in small letters, value as it was sent]. */
export function headOf(raw: string): [name: string, value: string][] {
  const [head = ''] = raw.split('\r\n\r\n');
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
}

/** A header as a mail program shows it (RFC 2047). */
export function shownHeader(value: string): string {
  return value.replace(/\?=\s+=\?/g, '?==?').replace(/(?:=\?utf-8\?[BQ]\?[^?]*\?=)+/gi, (words) => {
    const parts = [...words.matchAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi)];
    const bytes = parts.map(([, kind, text = '']) =>
      kind?.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64')
        : Buffer.from(
            text
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
                String.fromCharCode(parseInt(hex, 16)),
              ),
            'latin1',
          ),
    );
    return Buffer.concat(bytes).toString('utf8');
  });
}

function partOf(raw: string, type: string): string {
  // By its name: the line in front of a signature begins with two dashes as well.
  const [, boundary = ''] = /^\s*boundary="([^"]+)"/m.exec(raw) ?? [];
  const part = raw.split(`--${boundary}`).find((each) => each.includes(`: ${type}`)) ?? '';
  const [head = '', ...body] = part.split(/\r?\n\r?\n/);
  const text = body.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return text;
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
