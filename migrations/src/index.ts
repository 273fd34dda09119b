import { InitialSchema1764000000000 } from './1764000000000-initial-schema';
import { AuditTrail1764000100000 } from './1764000100000-audit-trail';
import { Sessions1764000500000 } from './1764000500000-sessions';
import { OutgoingMails1764000510000 } from './1764000510000-outgoing-mails';
import { PasswordLinks1764000520000 } from './1764000520000-password-links';
import { SecondFactors1764000530000 } from './1764000530000-second-factors';
import { ApiKeys1764000540000 } from './1764000540000-api-keys';

/** Every migration, oldest first: the order in which an empty database is built. */
export const migrations = [
  InitialSchema1764000000000,
  AuditTrail1764000100000,
  Sessions1764000500000,
  OutgoingMails1764000510000,
  PasswordLinks1764000520000,
  SecondFactors1764000530000,
  ApiKeys1764000540000,
] as const;
