import { systemClock } from '@fabomatic/kernel';
import { AuditService } from '../audit/audit.service';
import { storeEnd, storeStart } from '../jobs/job-runs';
import { purge } from '../retention/purge';
import type { Command } from './command';
import { commandActor } from './command-actor';
import { withDatabase } from './with-database';

export const purgeCommand: Command = {
  name: 'purge',
  parameters: '[--dry-run]',
  summary: 'removes personal data that is no longer needed, as the settings say; --dry-run: counts',
  flags: ['dry-run'],
  wordCount: 0,
  run: async ({ flags }) => {
    const isDryRun = flags.has('dry-run');
    await withDatabase('a purge', async ({ settings, database }) => {
      const { units } = database;
      const nowS = systemClock.nowS();
      const id = await storeStart(units, {
        job: 'purge',
        nowS,
        isDryRun,
        trigger: 'command',
        memberId: null,
      });
      const counts = await purge(database, { rules: settings.retention, nowS, isDryRun });
      const end = { nowS: systemClock.nowS(), outcome: 'done', error: null } as const;
      await storeEnd(units, id, { ...end, summary: { ...counts } });
      if (!isDryRun) {
        await units.run((db) =>
          new AuditService(systemClock).record(db, commandActor('purge'), {
            action: 'purge',
            subject: 'retention',
            id: null,
            name: 'purge',
            after: counts,
          }),
        );
      }
      const [did, forgot] = isDryRun ? ['would lose', 'would be'] : ['have lost', 'were'];
      process.stdout.write(
        [
          `${counts.uses} uses and ${counts.interventions} interventions ${did} their member;`,
          `${counts.unrecognisedCards} unrecognised cards and ${counts.mails} mails in the log ${forgot} forgotten.\n`,
        ].join(' '),
      );
    });
    return 0;
  },
};
