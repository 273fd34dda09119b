import { computed, signal } from '@angular/core';
import type { AuthorizationBulk, MatrixMachine, MatrixMember } from '@fabomatic/members';

/**
 * What a cell of the matrix says. `role`: the role opens every machine; `open`: the type of the
 * machine is open to every member; `granted`, `revoked`: changed and not saved yet.
 */
export type CellState = 'role' | 'open' | 'yes' | 'no' | 'granted' | 'revoked';

/** A member with what they get and what they lose, by name. */
export interface NamedChange {
  readonly member: string;
  readonly given: readonly string[];
  readonly taken: readonly string[];
}

interface Change {
  readonly member: MatrixMember;
  readonly machine: MatrixMachine;
  readonly isGiven: boolean;
}

/** Changes of the matrix, collected until they are saved together; they outlive a change of page. */
export class AccessChanges {
  /** Key: 'member:machine'. */
  private readonly changes = signal<ReadonlyMap<string, Change>>(new Map());

  readonly count = computed(() => this.changes().size);
  readonly isDirty = computed(() => this.count() > 0);
  readonly named = computed<readonly NamedChange[]>(() => {
    const named = new Map<number, { member: string; given: string[]; taken: string[] }>();
    for (const { member, machine, isGiven } of this.changes().values()) {
      const change = named.get(member.id) ?? { member: member.name, given: [], taken: [] };
      (isGiven ? change.given : change.taken).push(machine.name);
      named.set(member.id, change);
    }
    return [...named.values()];
  });

  state(member: MatrixMember, machine: MatrixMachine): CellState {
    if (member.authorizeAll) return 'role';
    const change = this.changes().get(key(member, machine));
    if (change) return change.isGiven ? 'granted' : 'revoked';
    if (member.machineIds.includes(machine.id)) return 'yes';
    return machine.access === 'open' ? 'open' : 'no';
  }

  /** Gives what is not there and takes away what is; a second time takes the change back. */
  toggle(member: MatrixMember, machine: MatrixMachine): void {
    if (member.authorizeAll) return;
    this.changes.update((before) => {
      const after = new Map(before);
      const at = key(member, machine);
      if (!after.delete(at)) {
        after.set(at, { member, machine, isGiven: !member.machineIds.includes(machine.id) });
      }
      return after;
    });
  }

  /**
   * Gives the machine to each of the members who does not have it; nobody loses it. When all have it
   * or are to get it, what was to be given is not given after all.
   */
  giveAll(members: readonly MatrixMember[], machine: MatrixMachine): void {
    const without = members.filter((member) => !hasMachine(member, machine));
    const isAllGiven = without.every((member) => this.state(member, machine) === 'granted');
    this.changes.update((before) => {
      const after = new Map(before);
      for (const member of without) {
        if (isAllGiven) after.delete(key(member, machine));
        else after.set(key(member, machine), { member, machine, isGiven: true });
      }
      return after;
    });
  }

  discard(): void {
    this.changes.set(new Map());
  }

  body(): AuthorizationBulk {
    const pairs = (isGiven: boolean) =>
      [...this.changes().values()]
        .filter((change) => change.isGiven === isGiven)
        .map(({ member, machine }) => ({ memberId: member.id, machineId: machine.id }));
    return { grant: pairs(true), revoke: pairs(false) };
  }
}

/** By the role, or by an authorisation that is saved. */
function hasMachine(member: MatrixMember, machine: MatrixMachine): boolean {
  return member.authorizeAll || member.machineIds.includes(machine.id);
}

function key(member: MatrixMember, machine: MatrixMachine): string {
  return `${member.id}:${machine.id}`;
}
