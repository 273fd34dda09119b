import { systemClock } from '@fabomatic/kernel';
import { AuditService } from '../audit/audit.service';
import { SealService } from '../data-folder/seal.service';
import { loadSecrets } from '../data-folder/secrets';
import { storeEnd, storeStart } from '../jobs/job-runs';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { MailFrames } from '../mail/mail-frames.service';
import { MailSender } from '../mail/mail-sender.service';
import { MailService } from '../mail/mail.service';
import { MailWords } from '../mail/mail-words.service';
import { UnsubscribeLinks } from '../mail/unsubscribe-links.service';
import { WeeklySummaries } from '../mail/weekly-summaries.service';
import type { Command } from './command';
import { commandActor } from './command-actor';
import { type CommandDatabase, withDatabase } from './with-database';

const NAME = 'weekly-summary';

export const weeklySummaryCommand: Command = {
  name: NAME,
  parameters: '[--dry-run]',
  summary: 'mails the summary of the last week to whoever asked for it; --dry-run: says to whom',
  flags: ['dry-run'],
  wordCount: 0,
  run: async ({ flags }) => {
    await withDatabase('the weekly summary', async (opened) => {
      const tools = await prepare(opened);
      if (flags.has('dry-run')) await sayToWhom(tools.summaries);
      else await send(opened, tools);
    });
    return 0;
  },
};

interface Tools {
  readonly summaries: WeeklySummaries;
  readonly sender: MailSender;
}

/** What the running program puts together by injection. */
async function prepare({ settings, dataFolder, database }: CommandDatabase): Promise<Tools> {
  const { units, reader } = database;
  const secrets = loadSecrets(dataFolder.path, settings.web.secretKey);
  const words = new MailWords(settings);
  await words.onModuleInit();
  const seal = new SealService(secrets);
  const log = new RateLimitedLog();
  const sender = new MailSender(reader, units, seal, log, systemClock, settings);
  const summaries = new WeeklySummaries(
    reader,
    units,
    new MailService(seal, sender, systemClock, settings),
    words,
    new MailFrames(words, new UnsubscribeLinks(secrets, settings), settings),
    new AuditService(systemClock),
    systemClock,
    settings,
  );
  return { summaries, sender };
}

async function sayToWhom(summaries: WeeklySummaries): Promise<void> {
  const { recipients, fromAt, toAt, isMailOn } = await summaries.plan();
  const waiting = recipients.filter(({ isSent }) => !isSent);
  const lines = [
    `The week from ${fromAt} to ${toAt} would be mailed to ${waiting.length} members,`,
    `${recipients.length - waiting.length} have been told of it.`,
    isMailOn ? '' : 'No mail server is set (email.server).',
  ];
  const people = waiting.map(({ name, email, language }) => `  ${name} <${email}> (${language})\n`);
  process.stdout.write(`${lines.filter((line) => line !== '').join(' ')}\n${people.join('')}`);
}

/** The mails leave before the command ends; what the mail server puts off waits in the queue. */
async function send(
  { database: { units, reader } }: CommandDatabase,
  { summaries, sender }: Tools,
): Promise<void> {
  const nowS = systemClock.nowS();
  const sent = await summaries.send(commandActor(NAME));
  await sender.idle();
  const id = await storeStart(units, {
    job: NAME,
    nowS,
    isDryRun: false,
    trigger: 'command',
    memberId: null,
  });
  const end = { nowS: systemClock.nowS(), outcome: 'done', error: null } as const;
  await storeEnd(units, id, { ...end, summary: { ...sent } });
  const [left] = await reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM outgoing_mails
     WHERE kind = ? AND created_at >= ? AND sent_at IS NULL`,
    [NAME, nowS],
  );
  const waiting = left?.n ?? 0;
  process.stdout.write(
    [
      `The summary of the week went to ${sent.mails - waiting} members;`,
      `${sent.alreadySent} had been told of that week before.\n`,
    ].join(' '),
  );
  if (waiting > 0) {
    process.stdout.write(`${waiting} mails wait in the queue for the mail server.\n`);
  }
}
