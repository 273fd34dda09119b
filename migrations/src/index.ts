import { InitialSchema1764000000000 } from './1764000000000-initial-schema';
import { AuditTrail1764000100000 } from './1764000100000-audit-trail';
import { MemberEmails1764000200000 } from './1764000200000-member-emails';
import { UseIndexes1764000400000 } from './1764000400000-use-indexes';

/** Every migration, oldest first: the order in which an empty database is built. */
export const migrations = [
  InitialSchema1764000000000,
  AuditTrail1764000100000,
  MemberEmails1764000200000,
  UseIndexes1764000400000,
] as const;
