import type { BoardRequest } from '@fabomatic/boards';
import { Injectable } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { LabService, type MachineRecord } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';

type AliveRequest = Extract<BoardRequest, { action: 'alive' }>;
type AliveListener = (machine: MachineRecord, request: AliveRequest) => void;

/** A board tells of itself every 120 s; twice within this time it has lost its connection. */
const RECONNECT_S = 20;

/** A board as it described itself last. */
interface BoardRecord {
  id: number;
  machineId: number;
  serial: string;
  ip: string;
  firmware: string;
  lastSeenAtS: number;
}

/** Which board runs which machine, and the signs that something is wrong with one. */
@Injectable()
export class BoardRegister {
  /** Key: `<machine id>/<serial>`. */
  private readonly boards = new Map<string, BoardRecord>();

  private readonly listeners = new Set<AliveListener>();

  constructor(
    private readonly readDb: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly lab: LabService,
    private readonly log: RateLimitedLog,
  ) {
    lab.onReload(() => this.forgetWithoutMachine());
  }

  async load(): Promise<void> {
    const rows = await this.readDb.query<{
      id: number;
      machine_id: number;
      serial: string;
      ip: string;
      firmware: string;
      last_seen_at: number;
    }>('SELECT id, machine_id, serial, ip, firmware, last_seen_at FROM boards');
    this.boards.clear();
    for (const row of rows) {
      this.boards.set(keyOf(row.machine_id, row.serial), {
        id: row.id,
        machineId: row.machine_id,
        serial: row.serial,
        ip: row.ip,
        firmware: row.firmware,
        lastSeenAtS: row.last_seen_at,
      });
    }
  }

  /** Calls `listener` for every board that tells of itself; the returned function ends that. */
  onAlive(listener: AliveListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** `alive`: the board has (re)connected, or its two minutes are over. */
  note(machine: MachineRecord, request: AliveRequest, nowS: number): void {
    const known = this.boards.get(keyOf(machine.id, request.serial));
    this.warnOfSigns(machine, request, known, nowS);
    for (const listener of [...this.listeners]) listener(machine, request);
    this.store(machine, request, known, nowS).catch((error: unknown) =>
      // The database cannot be written; the board tells of itself again in two minutes.
      this.log.warn('board', `A board could not be remembered: ${String(error)}`, 'Boards'),
    );
  }

  /** The record was deleted: if the board is still there, its next `alive` makes a new one. */
  forget(boardId: number): void {
    for (const [key, board] of this.boards) if (board.id === boardId) this.boards.delete(key);
  }

  /** Boards of machines that were deleted. */
  private forgetWithoutMachine(): void {
    for (const [key, { machineId }] of this.boards) {
      if (this.lab.machine(machineId) === undefined) this.boards.delete(key);
    }
  }

  private async store(
    machine: MachineRecord,
    { serial, ip, version, heapBytes }: AliveRequest,
    known: BoardRecord | undefined,
    nowS: number,
  ): Promise<void> {
    const described = { ip, firmware: version, heap: heapBytes, last_seen_at: nowS };
    if (known) {
      known.lastSeenAtS = nowS;
      known.ip = ip;
      known.firmware = version;
      await this.unitOfWork.run((db) =>
        db.execute(
          'UPDATE boards SET ip = ?, firmware = ?, heap = ?, last_seen_at = ? WHERE id = ?',
          [ip, version, heapBytes, nowS, known.id],
        ),
      );
      return;
    }
    const id = await this.unitOfWork.run((db) =>
      db.insert('boards', {
        machine_id: machine.id,
        serial,
        ...described,
        first_seen_at: nowS,
      }),
    );
    this.boards.set(keyOf(machine.id, serial), {
      id,
      machineId: machine.id,
      serial,
      ip,
      firmware: version,
      lastSeenAtS: nowS,
    });
  }

  private warnOfSigns(
    machine: MachineRecord,
    { serial }: AliveRequest,
    known: BoardRecord | undefined,
    nowS: number,
  ): void {
    if (known && nowS - known.lastSeenAtS < RECONNECT_S) {
      this.log.warn(
        `reconnect ${machine.id}`,
        `The board of "${machine.name}" reconnects again and again: a weak network, or two boards with one client id.`,
        'Boards',
      );
    }
    if (serial === '') return;
    for (const other of this.boards.values()) {
      if (other.machineId !== machine.id && other.serial === serial) {
        const name = this.lab.machine(other.machineId)?.name ?? other.machineId;
        this.log.warn(
          `moved ${serial}`,
          `The board ${serial} speaks for "${machine.name}" and spoke for "${name}": it was moved, or lost its configuration.`,
          'Boards',
        );
      } else if (
        other.machineId === machine.id &&
        other.serial !== serial &&
        nowS - other.lastSeenAtS < RECONNECT_S
      ) {
        this.log.warn(
          `twice ${machine.id}`,
          `Two boards (${serial}, ${other.serial}) speak for "${machine.name}": each believes the other's answers.`,
          'Boards',
        );
      }
    }
  }
}

function keyOf(machineId: number, serial: string): string {
  return `${machineId}/${serial}`;
}
