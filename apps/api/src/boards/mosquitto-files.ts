import { type BoardTopicNames, boardUser, replyTopic, requestTopic } from '@fabomatic/boards';

/** What the files for Mosquitto are made of. */
export interface MosquittoFacts {
  readonly names: BoardTopicNames;
  /** The product itself. */
  readonly own: { readonly user: string; readonly passwordHash: string; readonly clientId: string };
  /** What boards without an account log in as; null: nobody without an account is let in. */
  readonly shared: { readonly user: string; readonly passwordHash: string } | null;
  /** Whether boards without an account may speak at all, by that login or without any. */
  readonly isOptional: boolean;
  readonly accounts: readonly MosquittoAccount[];
  /** Lines of the lab's own, for its other programs; '' for none. */
  readonly extraPasswords: string;
  readonly extraAcl: string;
}

export interface MosquittoAccount {
  readonly machineId: number;
  readonly passwordHash: string;
  readonly switchTopic: string | null;
}

const HEADER = '# Written by FabOMatic: what is changed here is lost.';

/** For Mosquitto's `password_file`. */
export function mosquittoPasswords(facts: MosquittoFacts): string {
  const { own, shared, accounts, extraPasswords } = facts;
  // No comment: Mosquitto 2.0 takes none in this file.
  return lines([
    `${own.user}:${own.passwordHash}`,
    ...(shared === null ? [] : [`${shared.user}:${shared.passwordHash}`]),
    ...accounts.map(({ machineId, passwordHash }) => `${boardUser(machineId)}:${passwordHash}`),
    extraPasswords.trim(),
  ]);
}

/** For Mosquitto's `acl_file`. Whatever it does not allow is forbidden. */
export function mosquittoAcl(facts: MosquittoFacts): string {
  const { names, own, shared, isOptional, accounts, extraAcl } = facts;
  const { topic, replySubtopic, requestSubtopic, statsTopic } = names;
  // "deny" goes before what allows, whatever the order. The number alone and all below it.
  const guests = [
    `topic write ${topic}/+`,
    `topic read ${topic}/+${replySubtopic}`,
    `topic read ${topic}/+${requestSubtopic}`,
    `topic read ${statsTopic}/#`,
    ...accounts.map(({ machineId }) => `topic deny ${topic}/${machineId}/#`),
  ];
  return lines([
    HEADER,
    // What stands before the first user is for whoever gives no name.
    ...(isOptional ? guests : []),
    '',
    `user ${own.user}`,
    `topic read ${topic}/+`,
    `topic write ${topic}/+${replySubtopic}`,
    `topic write ${topic}/+${requestSubtopic}`,
    `topic write ${statsTopic}/${own.clientId}`,
    ...(isOptional && shared !== null ? ['', `user ${shared.user}`, ...guests] : []),
    ...accounts.flatMap((account) => accountLines(account, names)),
    '',
    extraAcl.trim(),
  ]);
}

function accountLines(
  { machineId, switchTopic }: MosquittoAccount,
  names: BoardTopicNames,
): string[] {
  return [
    '',
    `user ${boardUser(machineId)}`,
    `topic write ${names.topic}/${machineId}`,
    `topic read ${replyTopic(names, machineId)}`,
    `topic read ${requestTopic(names, machineId)}`,
    ...(switchTopic === null ? [] : [`topic write ${switchTopic}`]),
  ];
}

function lines(all: readonly string[]): string {
  return `${all.join('\n').trimEnd()}\n`;
}
