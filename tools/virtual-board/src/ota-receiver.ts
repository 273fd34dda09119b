import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** How a board can spoil an update. */
export const OTA_CONDUCTS = [
  'good',
  /** Answers nothing. */
  'silent',
  /** Says no. */
  'refuses',
  /** Says yes, and does not connect. */
  'absent',
  /** Breaks the connection half way. */
  'drops',
  /** Takes half of it and says nothing more. */
  'stalls',
  /** Takes its time for each block. */
  'slow',
  /** Takes all of it, and then finds that it is bad. */
  'finds-it-bad',
  /** Asks for the SHA-256 that newer firmware asks for. */
  'newer',
] as const;
export type OtaConduct = (typeof OTA_CONDUCTS)[number];

export interface OtaReceiverOptions {
  /** Its own address: on Linux all of 127.0.0.0/8 is this computer. */
  readonly ip: string;
  /** UDP. */
  readonly port: number;
  /** Default: none is asked for. */
  readonly password?: string;
  readonly conduct?: OtaConduct;
  /** It has all of it, and its MD5 is right; a board restarts now. */
  readonly onUpdated?: (image: Buffer) => void;
  /** So many bytes have come. */
  readonly onBytes?: (received: number) => void;
}

interface Invitation {
  readonly port: number;
  readonly sizeBytes: number;
  readonly md5: string;
}

const READ_BYTES = 1460;
const SLOW_MS = 60;

/** The side of ArduinoOTA: waits for invitations, and fetches what it is invited to. */
export class OtaReceiver {
  conduct: OtaConduct;
  private nonce: string | null = null;
  private invited: Invitation | null = null;
  private connection: Socket | null = null;

  private constructor(
    private readonly socket: UdpSocket,
    private readonly options: OtaReceiverOptions,
  ) {
    this.conduct = options.conduct ?? 'good';
    socket.on('message', (message, from) => this.onDatagram(message.toString('latin1'), from));
  }

  /** Rejects when somebody else has the address and port. */
  static async listen(options: OtaReceiverOptions): Promise<OtaReceiver> {
    const socket = createSocket('udp4');
    socket.bind(options.port, options.ip);
    await once(socket, 'listening');
    return new OtaReceiver(socket, options);
  }

  close(): void {
    this.connection?.destroy();
    this.socket.close();
  }

  private onDatagram(text: string, from: RemoteInfo): void {
    if (this.conduct === 'silent') return;
    const answer = (words: string) => this.socket.send(words, from.port, from.address);
    if (this.nonce !== null) {
      const isRight = this.isRightPassword(text, this.nonce);
      this.nonce = null;
      if (!isRight) return answer('Authentication Failed');
      return this.accept(from, answer);
    }
    const invitation = /^0 (\d+) (\d+) ([0-9a-f]{32})\n$/.exec(text);
    if (invitation === null) return;
    const [, port, size, md5 = ''] = invitation;
    this.invited = { port: Number(port), sizeBytes: Number(size), md5 };
    if (this.conduct === 'refuses') return answer('ERR: not now');
    if (this.conduct === 'newer') return answer(`AUTH ${randomBytes(32).toString('hex')}`);
    if (this.options.password === undefined) return this.accept(from, answer);
    this.nonce = randomBytes(16).toString('hex');
    answer(`AUTH ${this.nonce}`);
  }

  private isRightPassword(text: string, nonce: string): boolean {
    const { password = '' } = this.options;
    const [, cnonce, response] = /^200 ([0-9a-f]{32}) ([0-9a-f]{32})\n$/.exec(text) ?? [];
    return response === md5(`${md5(password)}:${nonce}:${cnonce}`);
  }

  private accept(from: RemoteInfo, answer: (words: string) => void): void {
    answer('OK');
    const { invited } = this;
    this.invited = null;
    if (this.conduct !== 'absent' && invited !== null) this.fetch(from.address, invited);
  }

  private fetch(host: string, invitation: Invitation): void {
    const { ip: localAddress } = this.options;
    const socket = connect({ host, port: invitation.port, localAddress });
    this.connection = socket;
    socket.setNoDelay(true);
    // The other side may break off at any time; a board then waits for the next invitation.
    socket.on('error', () => socket.destroy());
    const download = new Download(socket, invitation, this.conduct, this.options);
    socket.on('data', (data: Buffer) => download.take(data));
  }
}

/** One file on its way to the board. */
class Download {
  private readonly parts: Buffer[] = [];
  private received = 0;

  constructor(
    private readonly socket: Socket,
    private readonly invitation: Invitation,
    private readonly conduct: OtaConduct,
    private readonly options: OtaReceiverOptions,
  ) {}

  take(data: Buffer): void {
    this.parts.push(data);
    this.received += data.length;
    this.options.onBytes?.(this.received);
    const isHalf = this.received >= this.invitation.sizeBytes / 2;
    if (this.conduct === 'drops' && isHalf) this.socket.destroy();
    else if (this.conduct === 'stalls' && isHalf) return;
    else if (this.conduct === 'slow') setTimeout(() => this.answer(data.length), SLOW_MS);
    else this.answer(data.length);
  }

  /** A board reads its socket in pieces, and says for each how much it wrote. */
  private answer(bytes: number): void {
    if (this.socket.destroyed) return;
    for (let left = bytes; left > 0; left -= READ_BYTES) {
      this.socket.write(String(Math.min(left, READ_BYTES)));
    }
    if (this.received >= this.invitation.sizeBytes) this.finish();
  }

  private finish(): void {
    const image = Buffer.concat(this.parts);
    const isGood = this.conduct !== 'finds-it-bad' && md5(image) === this.invitation.md5;
    this.socket.end(isGood ? 'OK' : 'ERROR[7]: MD5 Check Failed');
    if (isGood) this.options.onUpdated?.(image);
  }
}

function md5(content: string | Buffer): string {
  return createHash('md5').update(content).digest('hex');
}
