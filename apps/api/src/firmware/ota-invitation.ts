import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { type OtaAnswer, otaInvitation, otaResponse, readOtaAnswer } from '@fabomatic/boards';
import { OtaFailure } from './ota-failure';

/** An invitation is a datagram, and may get lost: so often it is sent within the patience. */
const ATTEMPTS = 5;

export interface Invitation {
  readonly ip: string;
  /** UDP, on the board. */
  readonly boardPort: number;
  /** TCP, where it shall connect. */
  readonly port: number;
  readonly sizeBytes: number;
  readonly md5: string;
  readonly password: string | null;
  readonly answerTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** Asks a board to fetch its firmware here; resolves once it said yes. Throws {@link OtaFailure}. */
export async function inviteBoard(invitation: Invitation): Promise<void> {
  const socket = createSocket('udp4');
  try {
    const answers = new Answers(socket, invitation);
    const { port, sizeBytes, md5, answerTimeoutMs } = invitation;
    const text = otaInvitation(port, sizeBytes, md5);
    let answer: OtaAnswer | null = null;
    for (let attempt = 0; attempt < ATTEMPTS && answer === null; attempt++) {
      answer = await answers.ask(text, answerTimeoutMs / ATTEMPTS);
    }
    if (answer === null) throw new OtaFailure('silent');
    if (answer.kind === 'password') await authenticate(answers, answer.nonce, invitation);
    else accept(answer, 'refused');
  } finally {
    socket.close();
  }
}

async function authenticate(
  answers: Answers,
  nonce: string,
  { password, answerTimeoutMs }: Invitation,
): Promise<void> {
  if (password === null) throw new OtaFailure('password_needed');
  const cnonce = randomBytes(16).toString('hex');
  // MD5 is what the boards ask for: docs/security.md.
  const response = otaResponse(password, nonce, cnonce, md5Hex);
  // Once only: a board takes what comes second for a new invitation.
  const answer = await answers.ask(response, answerTimeoutMs);
  if (answer === null) throw new OtaFailure('silent');
  accept(answer, 'password_wrong');
}

function accept(answer: OtaAnswer, problem: 'refused' | 'password_wrong'): void {
  if (answer.kind === 'ok') return;
  if (answer.kind === 'newer-password') throw new OtaFailure('protocol_newer');
  throw new OtaFailure(problem, answer.kind === 'refused' ? answer.text.slice(0, 200) : null);
}

function md5Hex(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** Datagrams to and from one board; what others send is not listened to. */
class Answers {
  private heard: ((answer: OtaAnswer) => void) | null = null;
  private failed: ((error: Error) => void) | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly to: Invitation,
  ) {
    socket.on('message', (message, from) => {
      if (from.address !== to.ip || from.port !== to.boardPort) return;
      this.heard?.(readOtaAnswer(message.toString('latin1')));
    });
    // An address without a route, or a computer without a network.
    socket.on('error', (error) => this.failed?.(new OtaFailure('silent', error.message)));
  }

  /** null: nothing came in time. */
  ask(text: string, timeoutMs: number): Promise<OtaAnswer | null> {
    const { ip, boardPort, signal } = this.to;
    return new Promise((resolve, reject) => {
      const stop = () => finish(() => reject(new OtaFailure('stopped')));
      const timer = setTimeout(() => finish(() => resolve(null)), timeoutMs);
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.heard = this.failed = null;
        settle();
      };
      this.heard = (answer) => finish(() => resolve(answer));
      this.failed = (error) => finish(() => reject(error));
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
      this.socket.send(text, boardPort, ip, (error) => {
        if (error !== null) this.failed?.(new OtaFailure('silent', error.message));
      });
    });
  }
}
