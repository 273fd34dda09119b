import type { Clock } from '@fabomatic/kernel';
import { seededRandom } from '@fabomatic/virtual-board';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { hashPassword } from '../auth/password-hash';
import { FirmwareModule } from '../firmware/firmware.module';
import { LabModule } from '../lab/lab.module';
import { CLOCK, LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { DemoBoards } from './demo-boards.service';
import { DemoFirmware } from './demo-firmware.service';
import { demoLab } from './demo-lab';
import { DEMO_PASSWORD } from './demo-login';
import { writeDemoLab } from './demo-writer';

/** The same people and uses in every demo; only the dates move. */
const SEED = 2026;

/** `--demo`: fills the empty database before pages and boards begin. Imports the lab, to come after it. */
@Module({
  imports: [LabModule, FirmwareModule],
  providers: [DemoBoards, DemoFirmware],
  exports: [DemoBoards],
})
export class DemoModule implements OnModuleInit {
  constructor(
    private readonly lab: LabService,
    private readonly firmware: DemoFirmware,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    const nowS = this.clock.nowS();
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    const lab = demoLab(nowS, this.settings.lab.timezone, seededRandom(SEED));
    await this.firmware.claimAddresses();
    const ipOf = (machineId: number) => this.firmware.ipOf(machineId);
    await this.lab.changeUses((db) => writeDemoLab(db, lab, { nowS, passwordHash, ipOf }));
    await this.firmware.begin();
  }
}
