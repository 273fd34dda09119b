import { LANGUAGES, loadWords } from '@fabomatic/i18n';
import { lastWeek } from '@fabomatic/system';
import { loadSettings } from '../settings/load-settings';
import { escaped } from './mail-html';
import { mailContent } from './mail-text';
import { MailWords } from './mail-words.service';
import { weeklySummaryMail } from './weekly-summary-mail';

it.each(LANGUAGES)(
  '[63] a week without anything says so of each part, in $code',
  async ({ code }) => {
    const words = new MailWords(loadSettings({}, '/nonexistent'));
    await words.onModuleInit();
    const mail = weeklySummaryMail(
      words,
      {
        week: lastWeek(1_795_000_000, 'Europe/Rome'),
        own: [],
        parts: { machines: true, unrecognisedCards: true },
        lab: [],
        due: [],
        cards: [],
      },
      { language: code, firstName: 'Ada', labName: 'Lago', baseUrl: null, unsubscribe: null },
    );
    const { mails } = await loadWords(code);
    const sentences = [
      mails.weekly.own_none,
      mails.weekly.lab_none,
      mails.due_none,
      mails.cards_none,
    ];
    expect(mail.sections?.map(({ sentence }) => sentence)).toEqual(sentences);
    const { text, html } = mailContent(mail, code);
    for (const sentence of sentences) {
      expect(text).toContain(sentence);
      expect(html).toContain(escaped(sentence));
    }
  },
);
