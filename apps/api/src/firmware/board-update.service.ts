import { isIPv4 } from 'node:net';
import { type FirmwareBoard, isUpdated } from '@fabomatic/boards';
import { Inject, Injectable } from '@nestjs/common';
import { BoardRecords } from '../boards/board-records.service';
import { BoardRegister } from '../boards/board-register.service';
import { MachineQueues } from '../boards/machine-queues.service';
import { LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { boardReturn } from './board-return';
import { OtaFailure } from './ota-failure';
import { inviteBoard } from './ota-invitation';
import { OtaListener } from './ota-listener';
import { sendImage } from './ota-transfer';

/** What is sent to each board of a run. */
export interface FirmwareToSend {
  readonly image: Buffer;
  readonly md5: string;
  readonly password: string | null;
  readonly sameVersion: boolean;
}

/** When to give up: `sending` cuts a transfer, which does a board no harm; `waiting` the rest. */
export interface GiveUp {
  readonly sending: AbortSignal;
  readonly waiting: AbortSignal;
}

type Change = (change: Partial<FirmwareBoard>) => void;

/** Gives one board its firmware, and waits until it is back with it. */
@Injectable()
export class BoardUpdate {
  constructor(
    private readonly boards: BoardRecords,
    private readonly lab: LabService,
    private readonly queues: MachineQueues,
    private readonly register: BoardRegister,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** `change` is told how far it is. Throws {@link OtaFailure}. */
  async run(
    board: FirmwareBoard,
    firmware: FirmwareToSend,
    giveUp: GiveUp,
    change: Change,
  ): Promise<void> {
    const { ip, serial, versionBefore } = await this.described(board);
    change({ ip, serial, versionBefore, state: 'inviting' });
    await this.requireFree(board.machineId);
    await this.send(board.machineId, ip, firmware, giveUp.sending, change);
    change({ state: 'restarting' });
    const { machineId } = board;
    const timeoutMs = this.settings.firmware.returnTimeoutS * 1000;
    const back = await boardReturn(this.register, { machineId, serial }, timeoutMs, giveUp.waiting);
    change({ versionAfter: back });
    if (!isUpdated(versionBefore, back, firmware.sameVersion)) throw new OtaFailure('version_same');
  }

  private async send(
    machineId: number,
    ip: string,
    { image, md5, password }: FirmwareToSend,
    signal: AbortSignal,
    change: Change,
  ): Promise<void> {
    const { boardPort, portFrom, portTo, answerTimeoutS } = this.settings.firmware;
    const answerTimeoutMs = answerTimeoutS * 1000;
    const listener = await OtaListener.open({
      host: this.settings.web.host,
      portFrom,
      portTo,
      ip,
    });
    try {
      const invitation = { ip, boardPort, port: listener.port, sizeBytes: image.length, md5 };
      await inviteBoard({ ...invitation, password, answerTimeoutMs, signal });
      const socket = await listener.accept(answerTimeoutMs, signal);
      // A card may have been shown between the question and the board's yes.
      await this.requireFree(machineId);
      change({ state: 'sending' });
      const onProgress = (sentBytes: number) => change({ sentBytes });
      await sendImage({ socket, image, answerTimeoutMs, signal, onProgress });
    } finally {
      listener.close();
    }
  }

  /** The board as it described itself last: its address may have changed since the run began. */
  private async described({ boardId }: FirmwareBoard) {
    const view = await this.boards.find(boardId);
    if (view === null || !isUsableAddress(view.ip)) throw new OtaFailure('no_address');
    if (!view.online) throw new OtaFailure('offline');
    return { ip: view.ip, serial: view.serial, versionBefore: view.firmware };
  }

  /** Asked between the messages of the machine's board, so that no use begins meanwhile unseen. */
  private async requireFree(machineId: number): Promise<void> {
    this.lab.refresh();
    const isInUse = await this.queues.run(machineId, () => this.isInUse(machineId));
    if (isInUse) throw new OtaFailure('in_use');
  }

  isInUse(machineId: number): boolean {
    return (this.lab.machine(machineId)?.session.open ?? null) !== null;
  }
}

/** A board says its own address: it must be one computer's. */
function isUsableAddress(ip: string): boolean {
  if (!isIPv4(ip)) return false;
  const [first = 0] = ip.split('.').map(Number);
  return first > 0 && first < 224;
}
