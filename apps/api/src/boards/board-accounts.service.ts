import {
  type BoardAccountCreate,
  type BoardAccountListQuery,
  type BoardAccountView,
  machineOfTopic,
  type NewBoardAccountView,
} from '@fabomatic/boards';
import { AppError, type Clock, type Page } from '@fabomatic/kernel';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { fieldError, refusing } from '../database/refusals';
import { CLOCK, LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { findBoardAccount, listBoardAccounts } from './board-accounts.queries';
import { hashBoardPassword, newBoardPassword } from './mosquitto-password';

const SUBJECT = 'board-account';
const REFUSALS = { unique: fieldError('board_account.exists', 'machineId') };

/**
 * What boards log in to the broker with. The broker asks the lab in memory, and disconnects who was
 * removed or has another password when that changes.
 */
@Injectable()
export class BoardAccounts {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  list(query: BoardAccountListQuery): Promise<Page<BoardAccountView>> {
    return listBoardAccounts(this.db, query);
  }

  /** The password is in this answer and nowhere else. */
  async create(
    by: Actor,
    { machineId, switchTopic }: BoardAccountCreate,
  ): Promise<NewBoardAccountView> {
    const { mqtt } = this.settings;
    if (mqtt.boardAccounts === 'off') throw new AppError('board_account.off');
    this.lab.existingMachine(machineId);
    this.refuseTopicOfOthers(switchTopic);
    const { password, hash } = await freshPassword();
    const nowS = this.clock.nowS();
    const change = this.lab.change(async (db) => {
      await db.insert('board_accounts', {
        machine_id: machineId,
        password_hash: hash,
        switch_topic: switchTopic,
        created_at: nowS,
        // Who logs in to a broker that runs elsewhere is not seen from here: it is in force at once.
        first_used_at: mqtt.isEmbedded ? null : nowS,
      });
      const after = await existing(db, machineId);
      await this.record(db, by, 'create', { after });
      return after;
    });
    return { ...(await refusing(change, REFUSALS)), password };
  }

  /** The board that has the old one is disconnected, and stays so until it gets this one. */
  async renewPassword(by: Actor, machineId: number): Promise<NewBoardAccountView> {
    const { password, hash } = await freshPassword();
    return this.lab.change(async (db) => {
      const account = await existing(db, machineId);
      await db.execute('UPDATE board_accounts SET password_hash = ? WHERE machine_id = ?', [
        hash,
        machineId,
      ]);
      await this.record(db, by, 'new-password', { before: account, after: account });
      return { ...account, password };
    });
  }

  async remove(by: Actor, machineId: number): Promise<void> {
    await this.lab.change(async (db) => {
      const before = await existing(db, machineId);
      await db.execute('DELETE FROM board_accounts WHERE machine_id = ?', [machineId]);
      await this.record(db, by, 'delete', { before });
    });
  }

  /** A switch is no board, and this program's statistics are its own. */
  private refuseTopicOfOthers(switchTopic: string | null): void {
    if (switchTopic === null) return;
    const { topic, replySubtopic, requestSubtopic, statsTopic } = this.settings.mqtt;
    const names = { topic, replySubtopic, requestSubtopic, statsTopic };
    const isTaken =
      switchTopic === topic ||
      machineOfTopic(names, switchTopic) !== null ||
      switchTopic === statsTopic ||
      switchTopic.startsWith(`${statsTopic}/`);
    if (isTaken) throw fieldError('board_account.topic_taken', 'switchTopic');
  }

  private async record(
    db: Db,
    by: Actor,
    action: AuditActionOf<'board-account'>,
    change: { before?: BoardAccountView; after?: BoardAccountView },
  ): Promise<void> {
    const account = change.after ?? change.before;
    if (account === undefined) return;
    const { id, machineName: name } = account;
    await this.audit.record(db, by, { action, subject: SUBJECT, id, name, ...change });
  }
}

async function freshPassword(): Promise<{ password: string; hash: string }> {
  const password = newBoardPassword();
  return { password, hash: await hashBoardPassword(password) };
}

async function existing(db: Db, machineId: number): Promise<BoardAccountView> {
  const account = await findBoardAccount(db, machineId);
  if (account === null) throw new AppError('board_account.not_found', { id: machineId });
  return account;
}
