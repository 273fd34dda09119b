import { InitialSchema1764000000000 } from './1764000000000-initial-schema';
import { AuditTrail1764000100000 } from './1764000100000-audit-trail';
import { MemberEmails1764000200000 } from './1764000200000-member-emails';
import { UseIndexes1764000400000 } from './1764000400000-use-indexes';
import { Sessions1764000500000 } from './1764000500000-sessions';
import { OutgoingMails1764000510000 } from './1764000510000-outgoing-mails';
import { Jobs1764000700000 } from './1764000700000-jobs';
import { PasswordLinks1764000520000 } from './1764000520000-password-links';
import { SecondFactors1764000530000 } from './1764000530000-second-factors';
import { ApiKeys1764000540000 } from './1764000540000-api-keys';
import { AuditIndexes1764001100000 } from './1764001100000-audit-indexes';
import { Memberships1764001110000 } from './1764001110000-memberships';
import { UseListIndexes1764001200000 } from './1764001200000-use-list-indexes';
import { UseCounts1764001300000 } from './1764001300000-use-counts';
import { BoardAccounts1764000900000 } from './1764000900000-board-accounts';
import { FirmwareRollouts1764001000000 } from './1764001000000-firmware-rollouts';
import { MailPreferences1764000800000 } from './1764000800000-mail-preferences';

/** Every migration, oldest first: the order in which an empty database is built. */
export const migrations = [
  InitialSchema1764000000000,
  AuditTrail1764000100000,
  MemberEmails1764000200000,
  UseIndexes1764000400000,
  Sessions1764000500000,
  OutgoingMails1764000510000,
  Jobs1764000700000,
  PasswordLinks1764000520000,
  SecondFactors1764000530000,
  ApiKeys1764000540000,
  BoardAccounts1764000900000,
  FirmwareRollouts1764001000000,
  MailPreferences1764000800000,
  AuditIndexes1764001100000,
  Memberships1764001110000,
  UseListIndexes1764001200000,
  UseCounts1764001300000,
] as const;
