import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '@fabomatic/kernel';
import type { JobRunView } from './job.schema';
import { ATTENTION_CODES, type AttentionView } from './system.schema';

const MB = 1024 * 1024;
const FULL_BYTES = 100 * MB;
const LOW_BYTES = 1000 * MB;
/** A night and the morning after it. */
const BACKUP_OLD_S = 1.5 * SECONDS_PER_DAY;
const BACKUP_MISSING_S = 1.5 * SECONDS_PER_DAY;
const EXPIRES_SOON_DAYS = 30;

/** Whose boards are not protected by an account. */
export interface OpenBoards {
  /** The settings turn accounts off. */
  readonly isOff: boolean;
  readonly machines: readonly string[];
}

/** What the rule is told. */
export interface SystemFacts {
  readonly nowS: number;
  readonly uptimeS: number;
  readonly isBrokerConnected: boolean;
  readonly freeDiskBytes: number;
  /** Messages of boards that could not be handled in the last hour. */
  readonly failedMessages: number;
  /** Who sent too much in the last hour: names of accounts, machines, addresses. */
  readonly flooders: readonly string[];
  /** null: the boards have accounts, or none is there. Otherwise how anybody could speak for one. */
  readonly openBoards: OpenBoards | null;
  /** Machines that boards speak for and nobody registered. */
  readonly strangers: readonly number[];
  readonly latestBackupAtS: number | null;
  readonly isBackupScheduled: boolean;
  readonly hasPendingRestore: boolean;
  /** null: the latest restore succeeded, or there was none. */
  readonly restoreError: string | null;
  readonly latestRuns: readonly JobRunView[];
  /** null: nobody must renew it. */
  readonly certificateExpiresAtS: number | null;
  /** People whose membership ended so long ago that the lab should erase them, or say why not. */
  readonly erasableMembers: number;
}

/** What somebody should look at, the worst first. */
export function attentionOf(facts: SystemFacts): AttentionView[] {
  const found: AttentionView[] = [...storageOf(facts), ...backupsOf(facts)];
  if (!facts.isBrokerConnected) found.push({ code: 'broker_down', params: {} });
  if (facts.failedMessages > 0) {
    found.push({ code: 'messages_failed', params: { n: facts.failedMessages } });
  }
  if (facts.flooders.length > 0) {
    found.push({ code: 'board_flood', params: { who: facts.flooders.join(', ') } });
  }
  for (const run of facts.latestRuns) {
    if (run.outcome !== 'failed') continue;
    found.push({ code: 'job_failed', params: { job: run.job, error: run.error ?? '' } });
  }
  if (facts.strangers.length > 0) {
    found.push({ code: 'strangers', params: { machines: facts.strangers.join(', ') } });
  }
  const days = daysLeft(facts);
  if (days !== null && days < EXPIRES_SOON_DAYS) {
    found.push({ code: 'certificate_expires', params: { days } });
  }
  if (facts.erasableMembers > 0) {
    found.push({ code: 'members_erasable', params: { n: facts.erasableMembers } });
  }
  found.push(...openBoardsOf(facts));
  const rank = ({ code }: AttentionView) => ATTENTION_CODES.indexOf(code);
  return found.sort((a, b) => rank(a) - rank(b));
}

function storageOf({ freeDiskBytes }: SystemFacts): AttentionView[] {
  const params = { mb: Math.floor(freeDiskBytes / MB) };
  if (freeDiskBytes < FULL_BYTES) return [{ code: 'disk_full', params }];
  return freeDiskBytes < LOW_BYTES ? [{ code: 'disk_low', params }] : [];
}

function backupsOf(facts: SystemFacts): AttentionView[] {
  const found: AttentionView[] = [];
  if (facts.restoreError !== null) {
    found.push({ code: 'restore_failed', params: { error: facts.restoreError } });
  }
  if (facts.hasPendingRestore) found.push({ code: 'restore_pending', params: {} });
  if (!facts.isBackupScheduled) return found;
  if (facts.latestBackupAtS === null) {
    // A new installation has its first night still before it.
    if (facts.uptimeS > BACKUP_MISSING_S) found.push({ code: 'backup_missing', params: {} });
    return found;
  }
  const ageS = facts.nowS - facts.latestBackupAtS;
  if (ageS > BACKUP_OLD_S) {
    found.push({ code: 'backup_old', params: { hours: Math.round(ageS / SECONDS_PER_HOUR) } });
  }
  return found;
}

function daysLeft({ certificateExpiresAtS, nowS }: SystemFacts): number | null {
  if (certificateExpiresAtS === null) return null;
  return Math.max(0, Math.floor((certificateExpiresAtS - nowS) / SECONDS_PER_DAY));
}

function openBoardsOf({ openBoards }: SystemFacts): AttentionView[] {
  if (openBoards === null || openBoards.machines.length === 0) return [];
  if (openBoards.isOff) return [{ code: 'board_accounts_off', params: {} }];
  const params = { machines: openBoards.machines.join(', ') };
  return [{ code: 'board_accounts_missing', params }];
}
