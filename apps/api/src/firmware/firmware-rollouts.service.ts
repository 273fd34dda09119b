import type {
  FirmwareBoard,
  FirmwareOutcome,
  FirmwareRolloutListQuery,
  FirmwareRolloutRequest,
  FirmwareRolloutState,
  FirmwareRolloutView,
} from '@fabomatic/boards';
import { AppError, type Clock, type Page, toIso } from '@fabomatic/kernel';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { BoardRecords } from '../boards/board-records.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { BoardUpdate, type FirmwareToSend } from './board-update.service';
import { FirmwareImages } from './firmware-images.service';
import {
  lastRollout,
  listRollouts,
  markInterrupted,
  storeRollout,
  updateRollout,
} from './firmware-rollout.queries';
import { OtaFailure } from './ota-failure';

const SUBJECT = 'firmware' as const;

/** The run that goes on. */
interface Run {
  readonly by: Actor;
  readonly view: FirmwareRolloutView;
  /** An admin stops it: the board that has everything may still come back. */
  readonly stop: AbortController;
  /** The program ends. */
  readonly end: AbortController;
  ended: Promise<void>;
}

/**
 * New firmware for boards, one run at a time and one board after the other: whatever goes wrong
 * with one ends the run, so that the others keep what works.
 */
@Injectable()
export class FirmwareRollouts implements OnApplicationBootstrap, OnModuleDestroy {
  private current: Run | null = null;
  private isStarting = false;
  private readonly log = new Logger('Firmware');

  constructor(
    private readonly images: FirmwareImages,
    private readonly update: BoardUpdate,
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    private readonly boards: BoardRecords,
    private readonly audit: AuditService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.units.run(markInterrupted);
  }

  async onModuleDestroy(): Promise<void> {
    const { current } = this;
    if (current === null) return;
    current.end.abort();
    current.stop.abort();
    await current.ended;
  }

  async state(): Promise<FirmwareRolloutState> {
    return { rollout: this.current?.view ?? (await lastRollout(this.db)) };
  }

  list(query: FirmwareRolloutListQuery): Promise<Page<FirmwareRolloutView>> {
    return listRollouts(this.db, query);
  }

  /** Answers once it has begun; {@link state} tells how it goes. */
  async start(by: Actor, request: FirmwareRolloutRequest): Promise<FirmwareRolloutState> {
    if (this.current !== null || this.isStarting) throw new AppError('firmware.running');
    this.isStarting = true;
    try {
      const { fileName, md5, sizeBytes, version } = this.images.find(request.md5);
      const firmware: FirmwareToSend = {
        image: this.images.content(md5),
        md5,
        password: request.password ?? this.settings.firmware.password,
        sameVersion: request.sameVersion,
      };
      const boards: FirmwareBoard[] = [];
      for (const id of request.boardIds) boards.push(await this.boardFor(id));
      const nowS = this.clock.nowS();
      const facts = { fileName, md5, sizeBytes, version, boards, endedAt: null };
      const begun = { ...facts, outcome: 'running' as const };
      const memberId = by.kind === 'member' ? by.id : null;
      const id = await this.units.run(async (db) => {
        const stored = await storeRollout(db, begun, { memberId, nowS });
        const change = { subject: SUBJECT, id: stored, name: fileName, after: begun };
        await this.audit.record(db, by, { action: 'start-rollout', ...change });
        return stored;
      });
      const view = { ...begun, id, startedAt: toIso(nowS), startedBy: by.name };
      this.begin(by, view, firmware);
      return { rollout: view };
    } finally {
      this.isStarting = false;
    }
  }

  /** A transfer is cut; a board that has everything is waited for. */
  async stop(by: Actor): Promise<FirmwareRolloutState> {
    const { current } = this;
    if (current === null) throw new AppError('firmware.not_running');
    current.stop.abort();
    const { id, fileName } = current.view;
    await this.units.run((db) =>
      this.audit.record(db, by, { action: 'stop-rollout', subject: SUBJECT, id, name: fileName }),
    );
    return this.state();
  }

  private async boardFor(id: number): Promise<FirmwareBoard> {
    const view = await this.boards.find(id);
    if (view === null) throw new AppError('board.not_found', { id });
    const { machineId, machineName, serial, ip, firmware } = view;
    if (!view.online) throw new AppError('firmware.board_offline', { name: machineName });
    if (this.update.isInUse(machineId)) {
      throw new AppError('firmware.board_in_use', { name: machineName });
    }
    return {
      boardId: id,
      machineId,
      machineName,
      serial,
      ip,
      versionBefore: firmware,
      versionAfter: null,
      state: 'waiting',
      sentBytes: 0,
      problem: null,
      detail: null,
    };
  }

  private begin(by: Actor, view: FirmwareRolloutView, firmware: FirmwareToSend): void {
    const run: Run = {
      by,
      view,
      stop: new AbortController(),
      end: new AbortController(),
      ended: Promise.resolve(),
    };
    this.current = run;
    run.ended = this.carryOut(run, firmware)
      .catch((error: unknown) => {
        // The record of the run could not be written; the next start marks it as interrupted.
        this.log.error(`The record of new firmware could not be written: ${String(error)}`);
      })
      .finally(() => (this.current = null));
  }

  private async carryOut(run: Run, firmware: FirmwareToSend): Promise<void> {
    const { view } = run;
    let outcome: FirmwareOutcome = 'done';
    for (const board of view.boards) {
      if (outcome === 'done' && run.stop.signal.aborted) outcome = 'stopped';
      if (outcome === 'done') outcome = await this.updateOne(run, board, firmware);
      else {
        const problem = outcome === 'stopped' ? 'stopped' : 'run_ended';
        Object.assign(board, { state: 'skipped', problem } satisfies Partial<FirmwareBoard>);
      }
      await this.units.run((db) => updateRollout(db, view, null));
    }
    await this.finish(run, run.end.signal.aborted ? 'interrupted' : outcome);
  }

  private async updateOne(
    run: Run,
    board: FirmwareBoard,
    firmware: FirmwareToSend,
  ): Promise<FirmwareOutcome> {
    const giveUp = { sending: run.stop.signal, waiting: run.end.signal };
    const change = (change: Partial<FirmwareBoard>) => Object.assign(board, change);
    try {
      await this.update.run(board, firmware, giveUp, change);
      change({ state: 'done' });
      return 'done';
    } catch (error) {
      const failure = this.failureOf(error);
      // Before anything was sent the board is as it was.
      const isUntouched = failure.problem === 'in_use' && board.sentBytes === 0;
      const { problem, detail } = failure;
      change({ state: isUntouched ? 'skipped' : 'failed', problem, detail });
      this.log.warn(
        `No new firmware for "${board.machineName}": ${problem} ${detail ?? ''}`.trim(),
      );
      return problem === 'stopped' ? 'stopped' : 'failed';
    }
  }

  /** What no board can be blamed for is logged whole. */
  private failureOf(error: unknown): OtaFailure {
    if (error instanceof OtaFailure) return error;
    this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return new OtaFailure('internal');
  }

  /** Shown as ended once that is on record: whoever sees it may start the next run. */
  private async finish({ view, by }: Run, outcome: FirmwareOutcome): Promise<void> {
    const nowS = this.clock.nowS();
    const after = { ...view, outcome, endedAt: toIso(nowS) };
    const { id, fileName: name } = view;
    await this.units.run(async (db) => {
      await updateRollout(db, after, nowS);
      const change = { action: 'end-rollout', subject: SUBJECT, id, name, after } as const;
      await this.audit.record(db, by, change);
    });
    Object.assign(view, after);
  }
}
