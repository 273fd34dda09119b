import { Global, Module } from '@nestjs/common';
import { MailController } from './mail.controller';
import { MailSender } from './mail-sender.service';
import { MailWords } from './mail-words.service';
import { MailService } from './mail.service';
import { TestMailService } from './test-mail.service';

/** Global: whoever has something to tell a member writes it here. */
@Global()
@Module({
  controllers: [MailController],
  providers: [MailSender, MailService, MailWords, TestMailService],
  exports: [MailService, MailWords, TestMailService],
})
export class MailModule {}
