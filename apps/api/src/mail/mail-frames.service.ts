import type { MailTopic, MemberLanguage } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { MailWords } from './mail-words.service';
import { UnsubscribeLinks } from './unsubscribe-links.service';
import type { MailFrame } from './weekly-summary-mail';
import type { MailReader } from './weekly-summary.queries';

/** What every mail that members ask for has in common: language, links, and how to end it. */
@Injectable()
export class MailFrames {
  constructor(
    private readonly words: MailWords,
    private readonly links: UnsubscribeLinks,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * The reader's language, else the one that the settings name for the summary of the week (and
   * for that alone), else the lab's.
   */
  languageOf({ language }: Pick<MailReader, 'language'>, topic?: MailTopic): MemberLanguage {
    const ofSummary = topic === 'weekly-summary' ? this.settings.weeklySummary.language : null;
    return this.words.languageFor(language ?? ofSummary);
  }

  /**
   * `language`: instead of the reader's.
   * i18n-keys: mails.unsubscribe.*
   */
  of(reader: MailReader, topic: MailTopic, language = this.languageOf(reader, topic)): MailFrame {
    const url = this.links.urlFor({ memberId: reader.id, topic });
    const label = this.words.say(language, `mails.unsubscribe.${topic}`);
    return {
      language,
      firstName: reader.firstName,
      labName: this.settings.lab.name,
      baseUrl: this.settings.web.baseUrl,
      unsubscribe: url === null ? null : { label, url },
    };
  }
}
