import { userInfo } from 'node:os';
import type { Actor } from '../audit/audit.service';

/** Who a command is, for the audit trail: the name of the user on this computer. */
export function commandActor(command: string): Actor {
  const name = `fabomatic ${command} (${userInfo().username})`;
  return { kind: 'command', id: null, name, ip: null, correlationId: null };
}
