import { AuditEntry } from '../audit/audit-entry.entity';
import { AuditHead } from '../audit/audit-head.entity';
import { ApiKey } from '../auth/api-key.entity';
import { RecoveryCode } from '../auth/recovery-code.entity';
import { SecondFactor } from '../auth/second-factor.entity';
import { PasswordLink } from '../auth/password-link.entity';
import { Session } from '../auth/session.entity';
import { BoardAccount } from '../boards/board-account.entity';
import { Board } from '../boards/board.entity';
import { UnrecognisedCard } from '../boards/unrecognised-card.entity';
import { FirmwareRollout } from '../firmware/firmware-rollout.entity';
import { JobRun } from '../jobs/job-run.entity';
import { ScheduledJob } from '../jobs/scheduled-job.entity';
import { MachineType } from '../machines/machine-type.entity';
import { Machine } from '../machines/machine.entity';
import { MachineAlert } from '../mail/machine-alert.entity';
import { OutgoingMail } from '../mail/outgoing-mail.entity';
import { WeeklySummary } from '../mail/weekly-summary.entity';
import { Intervention } from '../maintenance/intervention.entity';
import { MaintenancePlan } from '../maintenance/maintenance-plan.entity';
import { Authorization } from '../members/authorization.entity';
import { Card } from '../members/card.entity';
import { Member } from '../members/member.entity';
import { Role } from '../members/role.entity';
import { UseCount } from '../uses/use-count.entity';
import { Use } from '../uses/use.entity';

/** Every table that TypeORM maps. */
export const entities = [
  Role,
  Member,
  Card,
  MachineType,
  Machine,
  Board,
  BoardAccount,
  Authorization,
  Use,
  UseCount,
  MaintenancePlan,
  Intervention,
  UnrecognisedCard,
  AuditEntry,
  AuditHead,
  ScheduledJob,
  JobRun,
  Session,
  OutgoingMail,
  PasswordLink,
  SecondFactor,
  RecoveryCode,
  ApiKey,
  FirmwareRollout,
  WeeklySummary,
  MachineAlert,
];
