import { InitialSchema1764000000000 } from './1764000000000-initial-schema';
import { AuditTrail1764000100000 } from './1764000100000-audit-trail';
import { Sessions1764000500000 } from './1764000500000-sessions';
import { OutgoingMails1764000510000 } from './1764000510000-outgoing-mails';
import { PasswordLinks1764000520000 } from './1764000520000-password-links';

/** Every migration, oldest first: the order in which an empty database is built. */
export const migrations = [
  InitialSchema1764000000000,
  AuditTrail1764000100000,
  Sessions1764000500000,
  OutgoingMails1764000510000,
  PasswordLinks1764000520000,
] as const;
