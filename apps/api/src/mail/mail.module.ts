import { Global, Module } from '@nestjs/common';
import { MachineAlerts } from './machine-alerts.service';
import { MailFrames } from './mail-frames.service';
import { MailPreviews } from './mail-previews.service';
import { MailQueue } from './mail-queue.service';
import { MailController } from './mail.controller';
import { MailSender } from './mail-sender.service';
import { MailWords } from './mail-words.service';
import { MailService } from './mail.service';
import { TestMailService } from './test-mail.service';
import { UnsubscribeController } from './unsubscribe.controller';
import { UnsubscribeLinks } from './unsubscribe-links.service';
import { UnsubscribeService } from './unsubscribe.service';
import { WeeklySummaries } from './weekly-summaries.service';
import { WeeklySummaryJob } from './weekly-summary-job.service';

/** Global: whoever has something to tell a member writes it here. */
@Global()
@Module({
  controllers: [MailController, UnsubscribeController],
  providers: [
    MachineAlerts,
    MailFrames,
    MailPreviews,
    MailQueue,
    MailSender,
    MailService,
    MailWords,
    TestMailService,
    UnsubscribeLinks,
    UnsubscribeService,
    WeeklySummaries,
    WeeklySummaryJob,
  ],
  exports: [MailService, MailWords, TestMailService],
})
export class MailModule {}
