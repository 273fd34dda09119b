import { toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { DueNextView, MachineView, NearestPlanView } from '@fabomatic/machines';
import { duePlans, isPlanDue, nearestPlan, planWear } from '@fabomatic/maintenance';
import type { LabService, MachineRecord, MemberRecord, PlanRecord } from '../lab/lab.service';

/** How many plans "due next" shows. */
const DUE_NEXT = 3;

/** A machine in memory -> what pages and REST clients see; the only mapper. */
export function machineView(machine: MachineRecord, lab: LabService): MachineView {
  const { session, type } = machine;
  const memberId = session.open?.memberId ?? null;
  const user = memberId === null ? undefined : lab.member(memberId);
  const blocker = machine.blockedBy === null ? undefined : lab.member(machine.blockedBy);
  const nearest = nearestPlan(machine.plans);
  return {
    id: machine.id,
    name: machine.name,
    typeId: type?.id ?? null,
    typeName: type?.name ?? null,
    hoursS: machine.hoursS,
    blocked: machine.blocked,
    blockedReason: machine.blockedReason,
    blockedByName: memberName(blocker),
    blockedAt: toIsoOrNull(machine.blockedAtS),
    lastSeenAt: toIsoOrNull(machine.lastSeenAtS),
    currentUse: session.open
      ? {
          useId: session.open.id ?? 0,
          memberId: session.open.memberId,
          memberName: memberName(user),
          startedAt: toIso(session.open.startedAtS),
          estimated: session.open.estimated,
        }
      : null,
    lastUsedAt: toIsoOrNull(lastEnd(machine)),
    nearestPlan: nearest && planView(nearest),
    duePlans: duePlans(machine.plans).length,
    version: machine.version,
  };
}

/** 'Marta Colombo', as the pages of the portal call people; null for nobody known. */
export function memberName(
  member: Pick<MemberRecord, 'firstName' | 'lastName'> | undefined,
): string | null {
  return member === undefined ? null : `${member.firstName} ${member.lastName}`.trim();
}

/** The plans nearest to their threshold that are not over it yet, over all machines. */
export function dueNextViews(machines: Iterable<MachineRecord>): DueNextView[] {
  const plans = [...machines].flatMap((machine) =>
    machine.plans.filter((plan) => !isPlanDue(plan)).map((plan) => ({ machine, plan })),
  );
  plans.sort((a, b) => planWear(b.plan) - planWear(a.plan));
  return plans.slice(0, DUE_NEXT).map(({ machine, plan }) => ({
    planId: plan.id,
    machineId: machine.id,
    machineName: machine.name,
    description: plan.description,
    elapsedS: plan.elapsedS,
    intervalS: plan.intervalS,
  }));
}

function planView(plan: PlanRecord): NearestPlanView {
  return {
    planId: plan.id,
    description: plan.description,
    elapsedS: plan.elapsedS,
    intervalS: plan.intervalS,
    isDue: isPlanDue(plan),
  };
}

function lastEnd(machine: MachineRecord): number | null {
  const ends = machine.session.recent.map((use) => use.endedAtS ?? 0);
  return ends.length > 0 ? Math.max(...ends) : null;
}
