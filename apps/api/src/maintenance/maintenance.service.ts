import { type BoardRequest, simpleReply } from '@fabomatic/boards';
import { duePlans } from '@fabomatic/maintenance';
import { Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import type { BoardAnswer, BoardMessage } from '../boards/board-message';
import { UnitOfWork } from '../database/unit-of-work';
import { LabService, type MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { UsesService } from '../uses/uses.service';

type MaintenanceRequest = Extract<BoardRequest, { action: 'maintenance' }>;

/** Interventions that are registered with a card at the machine. */
@Injectable()
export class MaintenanceService {
  constructor(
    private readonly lab: LabService,
    private readonly unitOfWork: UnitOfWork,
    private readonly uses: UsesService,
    private readonly live: LiveService,
    private readonly audit: AuditService,
  ) {}

  /**
   * One intervention for each due plan of the machine, if the card's member is active and has a
   * role that may. None due: accepted, and nothing recorded. An authorisation for the machine is
   * not needed, nor does a block matter: a maintainer comes to blocked machines.
   */
  async registerByCard(
    machine: MachineRecord,
    { cardUid, replay }: MaintenanceRequest,
    { receivedAtS: nowS, correlationId }: Pick<BoardMessage, 'receivedAtS' | 'correlationId'>,
  ): Promise<BoardAnswer> {
    const member = cardUid === null ? undefined : this.lab.memberOfCard(cardUid);
    if (!member || cardUid === null) return { reply: simpleReply(false, 'Wrong user card') };
    if (member.disabled || member.deleted || !member.role.maintenance) {
      return { reply: simpleReply(false, 'Not authorized') };
    }
    const sighting = this.uses.noteMaintenance(machine, cardUid, replay, nowS);
    const due = duePlans(machine.plans);
    if (sighting === 'duplicate' || due.length === 0) return { reply: simpleReply(true) };

    const by = boardOf(machine, correlationId);
    await this.unitOfWork.run(async (db) => {
      for (const plan of due) {
        const id = await db.insert('interventions', {
          plan_id: plan.id,
          machine_id: machine.id,
          member_id: member.id,
          done_at: nowS,
          replayed: replay,
          version: 1,
        });
        await db.execute(
          'UPDATE maintenance_plans SET elapsed_s = 0, last_done_at = ? WHERE id = ?',
          [nowS, plan.id],
        );
        await this.audit.record(db, by, {
          action: 'create',
          subject: 'intervention',
          id,
          name: plan.description,
          after: { planId: plan.id, machineId: machine.id, memberId: member.id },
        });
      }
      db.afterCommit(() => {
        for (const plan of due) {
          plan.elapsedS = 0;
          plan.lastDoneAtS = nowS;
        }
      });
    });
    for (const plan of due) this.live.maintenanceDone(machine, member, plan, nowS);
    this.live.machineChanged(machine);
    return { reply: simpleReply(true) };
  }
}

/** A board acts for whoever holds a card to it. */
function boardOf({ id, name }: MachineRecord, correlationId: string): Actor {
  return { kind: 'board', id, name, ip: null, correlationId };
}
