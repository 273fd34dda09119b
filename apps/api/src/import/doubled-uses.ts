import { type ComparedUse, DuplicateUses } from './duplicate-uses';
import type { ImportContext } from './import-context';

/**
 * What is done about uses that stand there twice: told of, or merged when the person who imports has
 * asked for it. The original counted a repeated stop twice into the hours of its machine; merging
 * takes that back.
 */
export class DoubledUses {
  private readonly finder = new DuplicateUses();
  private readonly emptyIds: number[] = [];
  /** Key: machine id; value: seconds that the original counted too much. */
  private readonly overcountedS = new Map<number, number>();

  constructor(private readonly context: ImportContext) {}

  /** Whether the use is to be left out. */
  isMerged(machineId: number, use: ComparedUse): boolean {
    const { report, mergeDuplicates } = this.context;
    const doubling = this.finder.compare(machineId, use);
    if (doubling === null) return false;
    const lengthS = use.endedAtS - use.startedAtS;
    if (doubling.kind === 'empty-before') {
      this.emptyIds.push(doubling.emptyId);
      report.note(mergeDuplicates ? 'empty_use_left_out' : 'empty_use_suspected', {
        form: 'use',
        useId: doubling.emptyId,
      });
      return false;
    }
    const example = { form: 'repeated_use', useId: use.id, ofId: doubling.of, lengthS } as const;
    if (!mergeDuplicates) {
      report.note('repeated_use_suspected', example);
      return false;
    }
    report.note('repeated_use_left_out', example);
    const knownS = this.overcountedS.get(machineId) ?? 0;
    this.overcountedS.set(machineId, knownS + 2 * lengthS);
    return true;
  }

  /** After all uses are written. */
  async end(): Promise<void> {
    const { db, report, mergeDuplicates } = this.context;
    if (!mergeDuplicates) return;
    for (const id of this.emptyIds) await db.execute('DELETE FROM uses WHERE id = ?', [id]);
    for (const [machineId, seconds] of this.overcountedS) {
      await db.execute(
        `UPDATE machines SET hours_s = CASE WHEN hours_s > ? THEN hours_s - ? ELSE 0 END WHERE id = ?`,
        [seconds, seconds, machineId],
      );
      report.note('hours_lowered', { form: 'machine_hours', machineId, lengthS: seconds });
    }
  }

  /** How many rows `end` takes away again. */
  get removed(): number {
    return this.context.mergeDuplicates ? this.emptyIds.length : 0;
  }
}
