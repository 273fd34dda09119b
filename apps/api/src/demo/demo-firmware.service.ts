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
const BY: Actor = { kind: 'command', id: null, name: 'demo', ip: null, correlationId: null };

/** New firmware for the demo's boards, which take it at addresses of this computer alone. */
@Injectable()
export class DemoFirmware implements OnModuleDestroy {
  private readonly receivers: OtaReceiver[] = [];
  private readonly log = new Logger('Demo');

  constructor(
    private readonly images: FirmwareImages,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async begin(): Promise<void> {
    const image = firmwareFile({ version: VERSION, segmentBytes: SEGMENT_BYTES });
    await this.images.takeIn(BY, FILE_NAME, Readable.from([image]));
  }

  onModuleDestroy(): void {
    for (const receiver of this.receivers) receiver.close();
  }

  /** What the board of a machine tells as its address: all of 127.0.0.0/8 is this computer. */
  ipOf(machineId: number): string {
    return `127.0.1.${machineId}`;
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
      // Another demo runs here, or a system that knows 127.0.0.1 alone: then this board is silent.
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      this.log.debug(`The board of machine ${board.machineId} takes no firmware: ${code}`);
    }
  }
}
