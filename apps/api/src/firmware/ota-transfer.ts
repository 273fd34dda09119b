import type { Socket } from 'node:net';
import { OTA_BLOCK_BYTES, readOtaResult } from '@fabomatic/boards';
import { OtaFailure } from './ota-failure';

/** How long a board may check and store all of it, once it has it. As espota.py waits. */
const RESULT_TIMEOUT_MS = 60_000;
/** Boards say less; more is somebody else's talk. */
const MAX_SAID = 200_000;

export interface Transfer {
  readonly socket: Socket;
  readonly image: Buffer;
  readonly answerTimeoutMs: number;
  readonly signal: AbortSignal;
  onProgress(sentBytes: number): void;
}

/**
 * Sends the file block by block; the board answers each with the bytes that it wrote, and says `OK`
 * once it has checked all. Throws {@link OtaFailure}.
 */
export async function sendImage(transfer: Transfer): Promise<void> {
  const { socket, image, answerTimeoutMs } = transfer;
  const board = new BoardTalk(transfer);
  for (let sent = 0; sent < image.length;) {
    const block = image.subarray(sent, sent + OTA_BLOCK_BYTES);
    const answered = board.next(answerTimeoutMs);
    socket.write(block);
    await answered;
    sent += block.length;
    transfer.onProgress(sent);
  }
  while (!board.isDone) await board.next(RESULT_TIMEOUT_MS);
}

/** What the board says by TCP. */
class BoardTalk {
  private said = '';
  private isClosed = false;
  /** Something came that nobody has waited for yet. */
  private isNews = false;
  private wake: (() => void) | null = null;
  private readonly signal: AbortSignal;

  constructor({ socket, signal }: Transfer) {
    this.signal = signal;
    socket.on('data', (data) => {
      if (this.said.length < MAX_SAID) this.said += data.toString('latin1');
      this.isNews = true;
      this.wake?.();
    });
    socket.on('close', () => {
      this.isClosed = true;
      this.wake?.();
    });
  }

  get isDone(): boolean {
    return readOtaResult(this.said).kind === 'ok';
  }

  /** Waits for the next words of the board, unless it has said its last. */
  async next(timeoutMs: number): Promise<void> {
    if (this.signal.aborted) throw new OtaFailure('stopped');
    if (this.isDone) return;
    if (!this.isNews && !this.isClosed) await this.words(timeoutMs);
    this.isNews = false;
    const result = readOtaResult(this.said);
    if (result.kind === 'error') throw new OtaFailure('image_bad', result.text.slice(0, 200));
    if (this.isClosed && result.kind !== 'ok') throw new OtaFailure('connection_lost');
  }

  private words(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => finish(() => reject(new OtaFailure('stopped')));
      const timer = setTimeout(() => finish(() => reject(new OtaFailure('stalled'))), timeoutMs);
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.signal.removeEventListener('abort', stop);
        this.wake = null;
        settle();
      };
      this.wake = () => finish(resolve);
      this.signal.addEventListener('abort', stop);
    });
  }
}
