import type { ConversationLab } from './conversation-lab';
import type { Observed } from './conversation-differences';
import { recordsOf } from './conversation-records';
import type { RecordedStep } from './transcripts';

/** Between two messages of a board. */
const STEP_S = 0.01;

/** What changed from outside, in the original's schema -> the same in the product's. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  'UPDATE users SET disabled=1 WHERE user_id=4': ['UPDATE members SET disabled = 1 WHERE id = 4'],
  'UPDATE users SET disabled=0 WHERE user_id=4': ['UPDATE members SET disabled = 0 WHERE id = 4'],
  'DELETE FROM authorizations WHERE user_id=4': ['DELETE FROM authorizations WHERE member_id = 4'],
  'DELETE FROM machines WHERE machine_id=51': [
    'DELETE FROM uses WHERE machine_id = 51',
    'DELETE FROM unrecognised_cards WHERE machine_id = 51',
    'DELETE FROM machines WHERE id = 51',
  ],
};

/** 'UPDATE uses SET start_timestamp=start_timestamp-600,last_seen=last_seen-600': time passes. */
const TIME_PASSES =
  /^UPDATE uses SET start_timestamp=start_timestamp-(\d+),last_seen=last_seen-\1$/;

/** Does what the step says and tells what the product answered and what its records are then. */
export async function playStep(
  conversation: ConversationLab,
  step: RecordedStep,
): Promise<Observed> {
  conversation.clock.pass(STEP_S);
  let reply: Observed['reply'] = null;
  if (step.publish) {
    const messages = await conversation.say(step.publish);
    reply = messages[0] ?? null;
    if (messages.length > 1) throw new Error(`${messages.length} answers to one message`);
  }
  const command = step.http ? await askPortal(conversation, step.http) : null;
  for (const sql of step.sql ?? []) await changeAs(conversation, sql);
  if (step.wait_s !== undefined) await conversation.sweepAfter(step.wait_s);
  const addressed = /^machine\/(\d+)$/.exec(step.publish?.topic ?? '')?.[1];
  const id = addressed === undefined ? null : Number(addressed);
  return { reply, command, state: await recordsOf(conversation, step.db_after, id) };
}

/** The original's address: `/machines/start/1`. */
const COMMAND_PATH = /^\/machines\/(start|stop)\/(\d+)$/;
const ANONYMOUS = 'anonymous';

/** What an admin does in the portal, and what the board is told because of it. */
async function askPortal(
  conversation: ConversationLab,
  { path, as }: NonNullable<RecordedStep['http']>,
): Promise<Observed['command']> {
  const [, command = '', machineId = ''] = COMMAND_PATH.exec(path) ?? [];
  const [email = '', password = ''] = as.split(' / ');
  const who = as === ANONYMOUS ? null : { email, password };
  const messages = await conversation.command(who, machineId, command);
  const [message] = messages;
  if (messages.length > 1) throw new Error(`${messages.length} messages for one command`);
  if (message && message.topic !== `machine/${machineId}/request`) {
    throw new Error(`a command on ${message.topic}`);
  }
  return message ?? null;
}

async function changeAs(conversation: ConversationLab, sql: string): Promise<void> {
  const seconds = TIME_PASSES.exec(sql)?.[1];
  if (seconds !== undefined) {
    conversation.clock.pass(Number(seconds));
    return;
  }
  const changes = CHANGES[sql];
  if (!changes) throw new Error(`nobody knows what this is in the product's schema: ${sql}`);
  await conversation.change(changes);
}
