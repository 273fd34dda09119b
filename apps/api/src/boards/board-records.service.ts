import type { BoardListQuery, BoardView } from '@fabomatic/boards';
import { AppError, type Clock, type Page } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { type BoardsLab, findBoard, listBoards } from './board-list.queries';
import { BoardRegister } from './board-register.service';

/** The boards as the portal shows them. They enter themselves; admins only remove old ones. */
@Injectable()
export class BoardRecords {
  private readonly lab: BoardsLab;

  constructor(
    private readonly db: ReadDb,
    lab: LabService,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: BoardRegister,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.lab = { memory: lab, accounts: settings.mqtt.boardAccounts };
  }

  list(query: BoardListQuery): Promise<Page<BoardView>> {
    return listBoards(this.db, this.lab, query, this.clock.nowS());
  }

  /** null: it is not in the list any more. */
  find(id: number): Promise<BoardView | null> {
    return findBoard(this.db, this.lab, id, this.clock.nowS());
  }

  async remove(by: Actor, id: number): Promise<void> {
    await this.unitOfWork.run(async (db) => {
      const before = await findBoard(db, this.lab, id, this.clock.nowS());
      if (before === null) throw new AppError('board.not_found', { id });
      await db.execute('DELETE FROM boards WHERE id = ?', [id]);
      const name = before.serial ?? before.machineName;
      await this.audit.record(db, by, { action: 'delete', subject: 'board', id, name, before });
      db.afterCommit(() => this.register.forget(id));
    });
  }
}
