import { SECONDS_PER_DAY, SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import { DEMO_MACHINES, DEMO_TYPES, type DemoMachine, type DemoPlan } from './demo-machines';
import { DEMO_MEMBERS, isAllowedEverywhere } from './demo-people';
import { type DemoPlanHistory, planHistory } from './demo-plans';
import { demoUses, type DemoUse, openDays } from './demo-uses';

/** A machine of the demo with all that has happened at it. */
export interface DemoMachineHistory {
  readonly id: number;
  readonly machine: DemoMachine;
  /** Indices in DEMO_MEMBERS of those who have an authorisation for it. */
  readonly authorized: readonly number[];
  /** Oldest first; the last one may be going on. */
  readonly uses: readonly DemoUse[];
  readonly hoursS: number;
  readonly plans: readonly (DemoPlan & DemoPlanHistory)[];
  readonly blockedAtS: number | null;
  readonly lastSeenAtS: number;
}

/** How long ago the CNC mill was blocked, and the lathe's board was last heard. */
const BLOCKED_FOR_S = 2.3 * SECONDS_PER_DAY;
const SILENT_FOR_S = 200 * SECONDS_PER_MINUTE;
/** Uses that go on when the demo begins. */
const RUNNING_FOR_S = [23 * SECONDS_PER_MINUTE, 147 * SECONDS_PER_MINUTE] as const;
/** Nobody has used the other machines in the last minutes. */
const QUIET_S = 4 * SECONDS_PER_MINUTE;

/** The whole made-up lab, the same for the same time and the same random numbers. */
export function demoLab(
  nowS: number,
  timezone: string,
  random: () => number,
): DemoMachineHistory[] {
  const days = openDays(nowS, timezone);
  return DEMO_MACHINES.map((machine, index) => {
    const authorized = membersTrainedOn(machine.type);
    const users = mayUse(machine, authorized);
    const runningForS = RUNNING_FOR_S[index === 0 ? 0 : 1];
    const untilS = lastUseEndsBy(machine, nowS, runningForS);
    const closed = demoUses({ machine, members: users, nowS, untilS, days, random });
    const intervals = closed.map(({ startedAtS, endedAtS }) => ({
      startedAtS,
      endedAtS: endedAtS ?? startedAtS,
    }));
    const open =
      machine.state === 'in-use' ? [runningUse(users[index + 1] ?? 0, nowS - runningForS)] : [];
    return {
      id: index + 1,
      machine,
      authorized,
      uses: [...closed, ...open],
      hoursS: intervals.reduce((sum, use) => sum + use.endedAtS - use.startedAtS, 0),
      plans: machine.plans.map((plan) => ({ ...plan, ...planHistory(plan, intervals, random) })),
      blockedAtS: machine.state === 'blocked' ? nowS - BLOCKED_FOR_S : null,
      lastSeenAtS: machine.state === 'offline' ? nowS - SILENT_FOR_S : nowS,
    };
  });
}

/** An open machine type asks for no authorisation; staff need none. */
function membersTrainedOn(typeName: string): number[] {
  const isOpen = DEMO_TYPES.some(({ name, access }) => name === typeName && access === 'open');
  if (isOpen) return [];
  return indices(
    ({ trainedOn, role }) => trainedOn.includes(typeName) && !isAllowedEverywhere(role),
  );
}

/** Those who may use it, ordinary members first. */
function mayUse({ type }: DemoMachine, authorized: readonly number[]): number[] {
  const isOpen = DEMO_TYPES.some(({ name, access }) => name === type && access === 'open');
  const members = isOpen ? indices(({ role }) => !isAllowedEverywhere(role)) : authorized;
  const staff = indices(({ role }) => isAllowedEverywhere(role));
  return [...members, ...staff].filter((index) => DEMO_MEMBERS[index]?.isDisabled === false);
}

function indices(isMeant: (member: (typeof DEMO_MEMBERS)[number]) => boolean): number[] {
  return DEMO_MEMBERS.flatMap((member, index) => (isMeant(member) ? [index] : []));
}

function lastUseEndsBy(machine: DemoMachine, nowS: number, runningForS: number): number {
  switch (machine.state) {
    case 'in-use':
      return nowS - runningForS - QUIET_S;
    case 'blocked':
      return nowS - BLOCKED_FOR_S;
    case 'offline':
      return nowS - SILENT_FOR_S;
    case 'ready':
      return nowS - QUIET_S;
  }
}

function runningUse(memberIndex: number, startedAtS: number): DemoUse {
  const marks = { replayed: false, estimated: false, closedBy: null };
  return { memberIndex, startedAtS: Math.round(startedAtS), endedAtS: null, ...marks };
}
