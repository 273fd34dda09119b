import { toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { PublicMachineView, PublicNames } from '@fabomatic/machines';
import { duePlans, isPlanDue, nearestPlan } from '@fabomatic/maintenance';
import type { LabService, MachineRecord, MemberRecord } from '../lab/lab.service';

/** What the settings let anybody see. */
export interface Showing {
  readonly names: PublicNames;
  readonly reasons: boolean;
}

/** A machine in memory -> what anybody may see of it; the only mapper. */
export function publicMachineView(
  machine: MachineRecord,
  lab: LabService,
  showing: Showing,
): PublicMachineView {
  const { open } = machine.session;
  const nearest = nearestPlan(machine.plans);
  const due = nearest !== null && isPlanDue(nearest) ? nearest : null;
  const user = open === null || open.memberId === null ? undefined : lab.member(open.memberId);
  return {
    id: machine.id,
    name: machine.name,
    use: open && { startedAt: toIso(open.startedAtS), who: publicName(user, showing.names) },
    blocked: machine.blocked,
    blockedAt: toIsoOrNull(machine.blockedAtS),
    blockedReason: showing.reasons ? machine.blockedReason : null,
    duePlans: duePlans(machine.plans).length,
    duePlan: due !== null && showing.reasons ? due.description : null,
    overS: due === null ? null : Math.max(0, due.elapsedS - due.intervalS),
    lastSeenAt: toIsoOrNull(machine.lastSeenAtS),
  };
}

/** Marta Colombo: null, 'Marta C.' or 'Marta Colombo'. */
export function publicName(
  member: Pick<MemberRecord, 'firstName' | 'lastName'> | undefined,
  names: PublicNames,
): string | null {
  if (member === undefined) return null;
  const { firstName, lastName } = member;
  switch (names) {
    case 'none':
      return null;
    case 'short': {
      const [initial] = lastName;
      return initial === undefined ? firstName : `${firstName} ${initial}.`;
    }
    case 'full':
      return `${firstName} ${lastName}`.trim();
  }
}
