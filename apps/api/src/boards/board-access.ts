import {
  type BoardTopicNames,
  boardUser,
  machineOfBoardUser,
  machineOfTopic,
  replyTopic,
  requestTopic,
} from '@fabomatic/boards';
import { timingSafeEqual } from 'node:crypto';
import type { MachineRecord } from '../lab/lab.service';
import type { Settings } from '../settings/settings.module';
import { isBoardPassword } from './mosquitto-password';

/** A board that logged in with the account of its machine: all that it may say and hear. */
export interface BoardPrincipal {
  readonly kind: 'board';
  readonly machineId: number;
  readonly user: string;
  /** What it logged in with: once the account has another, it is somebody else's. */
  readonly passwordHash: string;
  readonly topic: string;
  readonly switchTopic: string | null;
  readonly hears: readonly string[];
}

/** Whoever has no account of their own: a board that has not got one yet, another program. */
export interface GuestPrincipal {
  readonly kind: 'guest';
}

export type BrokerPrincipal = BoardPrincipal | GuestPrincipal;

/**
 * In front of `$SYS/...`: what the broker tells itself. Whoever speaks there throws others off, whoever
 * listens hears who is connected.
 */
const BROKERS_OWN = '$';

export const GUEST: GuestPrincipal = { kind: 'guest' };

/** The lab, as far as the broker asks it. */
export interface AccountBook {
  machine(id: number): Pick<MachineRecord, 'account'> | undefined;
}

type AccessSettings = Pick<Settings['mqtt'], 'user' | 'password' | 'boardAccounts'>;

/**
 * Who may do what at the embedded broker. Everything but a login is answered from memory and
 * without waiting, since each message of a board asks (docs/decisions/0016-board-accounts.md).
 */
export class BoardAccess {
  constructor(
    private readonly mqtt: AccessSettings,
    private readonly names: BoardTopicNames,
    private readonly book: AccountBook,
  ) {}

  /** null: not let in. */
  async login(user: string | undefined, password: string): Promise<BrokerPrincipal | null> {
    const { boardAccounts } = this.mqtt;
    const board = boardAccounts === 'off' ? null : this.boardOf(user ?? '');
    if (board !== null) {
      return (await isBoardPassword(password, board.passwordHash)) ? board : null;
    }
    // Without a login for all, anybody may come, unless there must be an account.
    if (this.mqtt.user === null) return boardAccounts === 'required' ? null : GUEST;
    return this.isSharedLogin(user, password) ? GUEST : null;
  }

  /** Whether an account is still what its board logged in with. */
  isStillIn(principal: BrokerPrincipal): boolean {
    if (principal.kind === 'guest') return true;
    const account = this.book.machine(principal.machineId)?.account;
    return (
      account?.passwordHash === principal.passwordHash &&
      account.switchTopic === principal.switchTopic
    );
  }

  /** null, or why not. */
  refusalToPublish(principal: BrokerPrincipal, topic: string): string | null {
    if (principal.kind === 'board') {
      if (topic === principal.topic || topic === principal.switchTopic) return null;
      return `${principal.user} speaks for its own machine only`;
    }
    if (topic.startsWith(BROKERS_OWN)) return 'only the broker itself speaks there';
    // A last will is not looked at by the broker: this one would reach all machines.
    if (/[#+]/.test(topic)) return 'a wildcard is no topic';
    const machineId = machineOfTopic(this.names, topic);
    if (machineId === null) return null;
    if (this.isToBoard(topic)) return 'only the backend speaks to boards';
    return this.isProtected(machineId) ? 'this machine has a board with an account' : null;
  }

  maySubscribe(principal: BrokerPrincipal, filter: string): boolean {
    return principal.kind === 'guest'
      ? !filter.startsWith(BROKERS_OWN)
      : principal.hears.includes(filter);
  }

  /** Asked for each delivery: a subscription to "#" does not say what will come. */
  mayHear(principal: BrokerPrincipal, topic: string): boolean {
    if (principal.kind === 'board' || this.mqtt.boardAccounts === 'off') return true;
    const machineId = machineOfTopic(this.names, topic);
    return machineId === null || !this.isProtected(machineId);
  }

  private boardOf(user: string): BoardPrincipal | null {
    const machineId = machineOfBoardUser(user);
    const account = machineId === null ? null : this.book.machine(machineId)?.account;
    if (machineId === null || !account) return null;
    const { names } = this;
    return {
      kind: 'board',
      machineId,
      user: boardUser(machineId),
      passwordHash: account.passwordHash,
      topic: `${names.topic}/${machineId}`,
      switchTopic: account.switchTopic,
      hears: [replyTopic(names, machineId), requestTopic(names, machineId)],
    };
  }

  /** Nobody without an account speaks or listens there. */
  private isProtected(machineId: number): boolean {
    switch (this.mqtt.boardAccounts) {
      case 'off':
        return false;
      case 'required':
        return true;
      case 'optional':
        return this.book.machine(machineId)?.account?.isUsed === true;
    }
  }

  private isToBoard(topic: string): boolean {
    return topic.endsWith(this.names.replySubtopic) || topic.endsWith(this.names.requestSubtopic);
  }

  private isSharedLogin(user: string | undefined, password: string): boolean {
    const { mqtt } = this;
    return isSame(mqtt.user ?? '', user ?? '') && isSame(mqtt.password ?? '', password);
  }
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
