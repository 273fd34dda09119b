/** Ids that a board can be given (16 bits). */
export const MAX_MACHINE_ID = 65_535;

/** The topic names of a lab, from the settings. */
export interface BoardTopicNames {
  /** First level of all topics: `machine`. */
  topic: string;
  /** Appended to a machine's topic for answers: `/reply`. */
  replySubtopic: string;
  /** Appended to a machine's topic for commands: `/request`. */
  requestSubtopic: string;
  /** First level of the statistics: `stats`. */
  statsTopic: string;
}

/** What the backend subscribes to: `machine/+`. */
export function boardSubscription(names: BoardTopicNames): string {
  return `${names.topic}/+`;
}

export function replyTopic(names: BoardTopicNames, machineId: number): string {
  return `${names.topic}/${machineId}${names.replySubtopic}`;
}

export function requestTopic(names: BoardTopicNames, machineId: number): string {
  return `${names.topic}/${machineId}${names.requestSubtopic}`;
}

export function statsTopic(names: BoardTopicNames, clientId: string): string {
  return `${names.statsTopic}/${clientId}`;
}

/**
 * The machine that speaks on `topic`; null when it is no machine's topic. Only the form that a
 * board uses counts, since the answer goes to `machine/<id>/reply`: no leading zeros, no signs,
 * ASCII digits, 1 to {@link MAX_MACHINE_ID}.
 */
export function machineIdOf(names: BoardTopicNames, topic: string): number | null {
  const prefix = names.topic.length + 1;
  if (topic.length < prefix + 1 || topic.length > prefix + 5) return null;
  if (!topic.startsWith(names.topic) || topic[prefix - 1] !== '/') return null;
  const digits = topic.slice(prefix);
  if (!/^[1-9][0-9]*$/.test(digits)) return null;
  const id = Number(digits);
  return id <= MAX_MACHINE_ID ? id : null;
}

/**
 * Whose board speaks or is spoken to on `topic`: 7 for `machine/7`, `machine/7/reply` and whatever
 * else is below it. null: a topic that is no board's; 0: a topic among the boards' that is no machine's.
 */
export function machineOfTopic(names: BoardTopicNames, topic: string): number | null {
  if (!topic.startsWith(names.topic) || topic[names.topic.length] !== '/') return null;
  const end = topic.indexOf('/', names.topic.length + 1);
  return machineIdOf(names, end === -1 ? topic : topic.slice(0, end)) ?? 0;
}
