import type { FirstRunView } from '@fabomatic/machines';
import { Inject, Injectable } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { isAnyAddress, lanAddresses } from '../lan-address';
import { LabService, type MachineRecord } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { SettingsPageService } from '../settings-page/settings-page.service';
import { latestCardHolder, latestUnknownCard } from './first-run.queries';

/** Names that a new installation begins with: whoever kept them has not arrived yet. */
const SEEDED_LAB = 'FabLab';
const SEEDED_MACHINE = 'MACHINE1';

/** How far a new lab is. Every tick comes from what there is, so that no step can be forgotten. */
@Injectable()
export class FirstRunService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly settingsPage: SettingsPageService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async view(): Promise<FirstRunView> {
    const machines = [...this.lab.machines()];
    const own = machines.filter(({ name }) => name !== SEEDED_MACHINE);
    const machine = own[0] ?? machines[0] ?? null;
    const card = await latestUnknownCard(this.db);
    const member = await latestCardHolder(this.db);
    const { lab } = this.settings;
    const savedName = this.settingsPage.pendingValue('lab.name');
    return {
      isNew: !machines.some(wasUsedByAMember),
      done: {
        // Nothing else answers before it was changed.
        password: true,
        lab: lab.name !== SEEDED_LAB || savedName !== null,
        machine: own.length > 0,
        board: machines.some(({ lastSeenAtS }) => lastSeenAtS !== null),
        card: card !== null || member !== null,
        member: member !== null,
        access: member !== null && this.mayUseOne(member.id, machines),
      },
      lab: { ...lab, savedName: typeof savedName === 'string' ? savedName : null },
      machine: machine && {
        id: machine.id,
        name: machine.name,
        typeName: machine.type?.name ?? null,
      },
      broker: this.broker(machine),
      strangers: [...this.lab.strangers.keys()],
      card: card && {
        uid: card.uid,
        machineName:
          (card.machineId === null ? undefined : this.lab.machine(card.machineId))?.name ?? null,
      },
      member,
    };
  }

  private mayUseOne(memberId: number, machines: readonly MachineRecord[]): boolean {
    const member = this.lab.member(memberId);
    // A blocked machine refuses everybody for now; that is not what is asked here.
    return (
      member !== undefined &&
      machines.some((machine) => this.lab.access(member, { ...machine, blocked: false }).allowed)
    );
  }

  private broker(machine: MachineRecord | null): FirstRunView['broker'] {
    const { mqtt } = this.settings;
    const own = isAnyAddress(mqtt.host) ? (lanAddresses()[0] ?? null) : mqtt.host;
    return {
      host: mqtt.isEmbedded ? own : mqtt.broker,
      isOwn: mqtt.isEmbedded && isAnyAddress(mqtt.host),
      port: mqtt.boardsPort,
      topic: `${mqtt.topic}/${machine?.id ?? 1}`,
    };
  }
}

function wasUsedByAMember({ session }: MachineRecord): boolean {
  return [session.open, ...session.recent].some((use) => use !== null && use.memberId !== null);
}
