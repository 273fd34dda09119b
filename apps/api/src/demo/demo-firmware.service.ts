import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import {
  firmwareFile,
  OtaReceiver,
  versionInFile,
  type VirtualBoard,
} from '@fabomatic/virtual-board';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Actor } from '../audit/audit.service';
import { FirmwareImages } from '../firmware/firmware-images.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';

const VERSION = '1.4.0';
const FILE_NAME = `fab-o-matic-${VERSION}.bin`;
const SEGMENT_BYTES = 900_000;
/** 127.0.1.0/24 to 127.0.9.0/24: one for each demo that runs on this computer. */
const MAX_NETWORKS = 9;
/** No machine of the demo has this number: who holds the address holds those of its network. */
const CLAIM = 254;
const BY: Actor = { kind: 'command', id: null, name: 'demo', ip: null, correlationId: null };

/** New firmware for the demo's boards, which take it at addresses of this computer alone. */
@Injectable()
export class DemoFirmware implements OnModuleDestroy {
  private readonly receivers: OtaReceiver[] = [];
  private network = 1;
  private claim: Socket | null = null;
  private readonly log = new Logger('Demo');

  constructor(
    private readonly images: FirmwareImages,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Before anybody asks for an address. Each demo has its own: an invitation to a board of this one
   * must not reach that of another, and never a real board in the network.
   */
  async claimAddresses(): Promise<void> {
    for (let network = 1; network <= MAX_NETWORKS; network++) {
      const socket = createSocket('udp4');
      try {
        socket.bind(this.settings.firmware.boardPort, `127.0.${network}.${CLAIM}`);
        await once(socket, 'listening');
        this.claim = socket;
        this.network = network;
        return;
      } catch (error) {
        socket.close();
        const code = systemErrorCode(error);
        if (code === undefined) throw error;
        // A system that knows 127.0.0.1 alone: the boards will take no firmware.
        if (code !== 'EADDRINUSE') return;
      }
    }
  }

  async begin(): Promise<void> {
    const image = firmwareFile({ version: VERSION, segmentBytes: SEGMENT_BYTES });
    await this.images.takeIn(BY, FILE_NAME, Readable.from([image]));
  }

  onModuleDestroy(): void {
    this.claim?.close();
    for (const receiver of this.receivers) receiver.close();
  }

  /** What the board of a machine tells as its address: all of 127.0.0.0/8 is this computer. */
  ipOf(machineId: number): string {
    return `127.0.${this.network}.${machineId}`;
  }

  /** From now on this board takes new firmware. */
  async serve(board: VirtualBoard): Promise<void> {
    try {
      const receiver = await OtaReceiver.listen({
        ip: this.ipOf(board.machineId),
        port: this.settings.firmware.boardPort,
        onUpdated: (image) => void board.reflash(`hardware-rev0-en_US,${versionInFile(image)}`),
      });
      this.receivers.push(receiver);
    } catch (error) {
      // A system that knows 127.0.0.1 alone: then this board is silent.
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      this.log.debug(`The board of machine ${board.machineId} takes no firmware: ${code}`);
    }
  }
}
