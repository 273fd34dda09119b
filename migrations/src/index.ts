import { InitialSchema1764000000000 } from './1764000000000-initial-schema';
import { AuditTrail1764000100000 } from './1764000100000-audit-trail';
import { Jobs1764000700000 } from './1764000700000-jobs';

/** Every migration, oldest first: the order in which an empty database is built. */
export const migrations = [
  InitialSchema1764000000000,
  AuditTrail1764000100000,
  Jobs1764000700000,
] as const;
