import { AppError, type Clock, type Page, toIsoOrNull } from '@fabomatic/kernel';
import type {
  AuditBreak,
  AuditEntryView,
  AuditListQuery,
  AuditVerificationView,
} from '@fabomatic/system';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { CLOCK } from '../lab/lab.service';
import { auditChunks, findAuditEntry, listAudit } from './audit.queries';
import { AuditService } from './audit.service';

interface Verification {
  state: AuditVerificationView['state'];
  startedAtS: number | null;
  endedAtS: number | null;
  checked: number;
  total: number;
  brokenAt: number | null;
  how: AuditBreak | null;
}

const NEVER: Verification = {
  state: 'never',
  startedAtS: null,
  endedAtS: null,
  checked: 0,
  total: 0,
  brokenAt: null,
  how: null,
};

/** Reading the audit trail, and checking it. Nothing here changes it. */
@Injectable()
export class AuditTrailService {
  private readonly log = new Logger('Audit');
  private latest = NEVER;

  constructor(
    private readonly db: ReadDb,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: AuditListQuery): Promise<Page<AuditEntryView>> {
    return listAudit(this.db, query);
  }

  chunks(query: AuditListQuery): AsyncIterable<AuditEntryView[]> {
    return auditChunks(this.db, query);
  }

  async get(id: number): Promise<AuditEntryView> {
    const entry = await findAuditEntry(this.db, id);
    if (entry === null) throw new AppError('audit.not_found', { id });
    return entry;
  }

  /** The latest check since the program started. */
  verification(): AuditVerificationView {
    const { startedAtS, endedAtS, ...rest } = this.latest;
    return { ...rest, startedAt: toIsoOrNull(startedAtS), endedAt: toIsoOrNull(endedAtS) };
  }

  /** Begins a check, unless one goes on; {@link verification} tells what becomes of it. */
  startVerification(): AuditVerificationView {
    if (this.latest.state !== 'running') {
      this.latest = { ...NEVER, state: 'running', startedAtS: this.clock.nowS() };
      void this.verify(this.latest);
    }
    return this.verification();
  }

  private async verify(run: Verification): Promise<void> {
    try {
      const [count] = await this.db.query<{ total: number }>(
        'SELECT COUNT(*) AS total FROM audit_entries',
      );
      run.total = count?.total ?? 0;
      const check = await this.audit.verify(this.db, (entries) => {
        run.checked = entries;
        // Entries that were written meanwhile are checked too.
        run.total = Math.max(run.total, entries);
      });
      run.checked = check.entries;
      run.state = check.ok ? 'holds' : 'broken';
      if (!check.ok) {
        run.brokenAt = check.brokenAt;
        run.how = check.how;
        this.log.error(`The audit trail is broken (${check.how}) at entry ${check.brokenAt}.`);
      }
    } catch (error) {
      // The database did not answer: nothing is known of the trail.
      run.state = 'failed';
      this.log.error(`The audit trail could not be checked: ${String(error)}`);
    } finally {
      run.endedAtS = this.clock.nowS();
    }
  }
}
