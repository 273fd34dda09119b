import { LANGUAGES, type LanguageCode, loadWords, type Words } from '@fabomatic/i18n';
import { MAIL_KINDS, type MailKind } from '@fabomatic/members';
import { lastWeek } from '@fabomatic/system';
import { type ReceivedMail, TestMailServer } from '../testing/mail-server';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';
import { MachineAlerts } from './machine-alerts.service';

/** Every kind of mail in every language, sent as the product sends it, to a real mail server. */
const BASE_URL = 'https://fab.example.org';
const MIN_S = 60;
const HOUR_S = 3600;
const MACHINES = ['Laser', 'Lathe'];
const NEW_PASSWORD = 'violet anvil under the stairs';
/** What stands in a sentence where something was forgotten. */
const UNFILLED = /\{\{|\}\}|undefined|NaN|\[object|Invalid Date/;

jest.setTimeout(60_000);

const clock = { now: Math.floor(Date.now() / 1000), nowS: () => clock.now };
const codes = LANGUAGES.map(({ code }) => code);
const addressOf = (code: LanguageCode) => `reader-${code}@example.org`;
/** Key: kind and language. The latest that came. */
const came = new Map<string, ReceivedMail>();
let server: TestMailServer;
let lab: TestLab;
let admin: TestApi;
let role = 0;

/** The sentences of a kind in the words of a language, those with a number in both forms. */
const SENTENCES: Readonly<Record<MailKind, (words: Words) => Sentences>> = {
  'weekly-summary': ({ mail, mails }) => ({
    subject: mails.weekly.subject,
    body: [
      mail.foot,
      mails.weekly.text,
      mails.weekly.own,
      mails.weekly.lab,
      mails.weekly.why,
      mails.total,
      mails.uses.one,
      mails.uses.other,
      mails.due,
      mails.overdue,
      mails.instructions,
      mails.cards,
      mails.card_note,
      mails.times.other,
      mails.open_portal,
      mails.unsubscribe['weekly-summary'],
    ],
  }),
  'maintenance-due': ({ mail, mails }) => ({
    subject: mails['maintenance-due'].subject.other,
    body: [
      mail.foot,
      mails['maintenance-due'].text.other,
      mails['maintenance-due'].heading,
      mails.overdue,
      mails.instructions,
      mails.alert_why,
      mails.open_portal,
      mails.unsubscribe['maintenance-due'],
    ],
  }),
  'machine-offline': ({ mail, mails }) => ({
    subject: mails['machine-offline'].subject.other,
    body: [
      mail.foot,
      mails['machine-offline'].text.other,
      mails['machine-offline'].heading,
      mails['machine-offline'].since,
      mails.alert_why,
      mails.open_portal,
      mails.unsubscribe['machine-offline'],
    ],
  }),
  'machine-online': ({ mail, mails }) => ({
    subject: mails['machine-online'].subject.one,
    body: [
      mail.foot,
      mails['machine-online'].text.one,
      mails['machine-online'].heading,
      mails['machine-online'].since,
      mails.alert_why,
      mails.open_portal,
      mails.unsubscribe['machine-online'],
    ],
  }),
  'password-forgotten': ({ mail }) => ({
    subject: mail.password_forgotten.subject,
    body: [
      mail.foot,
      mail.password_forgotten.text,
      mail.password_forgotten.not_you,
      mail.password_link.label,
      mail.password_link.good_for,
    ],
  }),
  'password-invited': ({ mail }) => ({
    subject: mail.password_invited.subject,
    body: [
      mail.foot,
      mail.password_invited.text,
      mail.password_invited.not_you,
      mail.password_link.label,
      mail.password_link.good_for,
    ],
  }),
  'password-changed': ({ mail }) => ({
    subject: mail.password_changed.subject,
    body: [mail.foot, mail.password_changed.text, mail.password_changed.not_you],
  }),
  test: ({ mail }) => ({ subject: mail.test.subject, body: [mail.foot, mail.test.text] }),
};

interface Sentences {
  readonly subject: string;
  readonly body: readonly string[];
}

/** The sentence with anything where it leaves a place. */
function pattern(sentence: string): RegExp {
  return new RegExp(written(sentence));
}

/** The whole of a header, in which every blank is a plain one. */
function subjectPattern(sentence: string): RegExp {
  return new RegExp(`^${written(sentence.replaceAll('\u00a0', ' '))}$`);
}

function written(sentence: string): string {
  return sentence
    .split(/{{\w+}}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
}

/** What a reader sees of HTML. */
function visible(html: string): string {
  return html
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Waits for one mail to each reader, and keeps them as mails of this kind. */
async function arrived(kind: MailKind, act: () => Promise<unknown>): Promise<void> {
  server.mails.length = 0;
  await act();
  await until(() => server.mails.length >= codes.length);
  for (const code of codes) {
    const mine = server.mails.filter(({ to }) => to.includes(addressOf(code)));
    expect([kind, code, mine.length]).toEqual([kind, code, 1]);
    came.set(`${kind} ${code}`, await server.mailTo(addressOf(code)));
  }
}

async function eachReader(act: (code: LanguageCode, id: number) => Promise<unknown>) {
  for (const code of codes) {
    const [reader] = await lab.rows<{ id: number }>('SELECT id FROM members WHERE email = ?', [
      addressOf(code),
    ]);
    await act(code, reader?.id ?? 0);
  }
}

function heard(...names: string[]): void {
  for (const machine of lab.lab.machines()) {
    if (names.includes(machine.name)) machine.lastSeenAtS = clock.now;
  }
}

/** An administrator who does maintenance: whoever gets every kind. */
async function furnish(): Promise<void> {
  const { fromS, toS } = lastWeek(clock.now, 'Europe/Rome');
  await lab.change(async (db) => {
    role = await db.insert('roles', { name: 'Staff', portal_access: 'admin', maintenance: true });
    for (const code of codes) {
      await db.insert('members', {
        first_name: 'Ada',
        last_name: code,
        email: addressOf(code),
        email_key: addressOf(code),
        language: code,
        role_id: role,
        created_at: 1,
        weekly_summary: true,
        maintenance_due_mails: true,
        machine_offline_mails: true,
        machine_online_mails: true,
      });
    }
    const readers = await db.query<{ id: number }>('SELECT id FROM members WHERE role_id = ?', [
      role,
    ]);
    for (const [index, name] of MACHINES.entries()) {
      const machine_id = await db.insert('machines', { name, created_at: 1 });
      await db.insert('maintenance_plans', {
        machine_id,
        description: `Clean the ${name}`,
        instructions_url: 'https://wiki.example.org/cleaning',
        interval_s: 10 * HOUR_S,
        elapsed_s: 0,
        created_at: 1,
      });
      for (const { id } of readers) {
        // One use of the first machine, two of the second.
        for (let n = 0; n <= index; n++) {
          await db.insert('uses', {
            machine_id,
            member_id: id,
            started_at: fromS + (n + 1) * HOUR_S,
            last_seen_at: fromS + (n + 2) * HOUR_S,
            ended_at: fromS + (n + 2) * HOUR_S,
            duration_s: HOUR_S,
            authorized: true,
          });
        }
      }
      await db.insert('unrecognised_cards', {
        uid: `deadbee${index}`,
        machine_id,
        first_seen_at: toS - HOUR_S,
        last_seen_at: toS - HOUR_S,
        times: 3,
      });
    }
  });
}

const run = (hours: number, like: string) =>
  lab.change((db) =>
    db.execute('UPDATE maintenance_plans SET elapsed_s = ? WHERE description LIKE ?', [
      hours * HOUR_S,
      like,
    ]),
  );
const look = () => lab.app.get(MachineAlerts).look();

beforeAll(async () => {
  server = await TestMailServer.start();
  lab = await TestLab.start({
    clock,
    environment: { ...server.environment, FABOMATIC_WEB_BASE_URL: BASE_URL },
  });
  admin = await TestApi.as(lab, 'admin');
  await furnish();
});
afterAll(async () => {
  await lab.remove();
  await server.stop();
});

test('one machine is told of in one form, two in another', async () => {
  heard(...MACHINES);
  await arrived('maintenance-due', async () => {
    await run(12.5, '%Laser');
    await look();
  });
  for (const code of codes) {
    const { subject, text } = came.get(`maintenance-due ${code}`) ?? { subject: '', text: '' };
    const words = (await loadWords(code)).mails['maintenance-due'];
    expect(subject).toMatch(subjectPattern(words.subject.one));
    expect(text).toContain(words.text.one);
    expect(text).toMatch(/2[.,]5\u00a0h/);
  }
  await run(0, '%');
  await look();
});

test('a plan that became due this minute is not told as 0.0 h overdue', async () => {
  await arrived('maintenance-due', async () => {
    await run(10.01, '%Laser');
    await look();
  });
  for (const code of codes) {
    const { text, html } = came.get(`maintenance-due ${code}`) ?? { text: '', html: '' };
    expect(text).toMatch(/^\* Laser\r?\n {2}Clean the Laser/m);
    expect(html).not.toMatch(/0[.,]0\u00a0h/);
  }
  await run(0, '%');
  await look();
});

test('every kind arrives once at every reader', async () => {
  heard(...MACHINES);
  await arrived('maintenance-due', async () => {
    await run(12.5, '%');
    await look();
  });
  await arrived('weekly-summary', () =>
    admin.post('system/weekly-summary/send').expect(200, { mails: codes.length, alreadySent: 0 }),
  );
  await arrived('machine-offline', async () => {
    clock.now += 45 * MIN_S;
    await look();
  });
  await arrived('machine-online', async () => {
    heard('Laser');
    await look();
  });
  await arrived('password-forgotten', () =>
    eachReader((code) =>
      admin.post('auth/forgot-password', { email: addressOf(code) }).expect(204),
    ),
  );
  await arrived('password-invited', () =>
    eachReader((_, id) => admin.post(`members/${id}/password-link`).expect(200)),
  );
  await arrived('password-changed', () =>
    eachReader(async (code) => {
      const { text } = came.get(`password-invited ${code}`) ?? { text: '' };
      const [, token] = /set-password#([\w-]{43})\s/.exec(text) ?? [];
      await admin.post('auth/password-link/use', { token, newPassword: NEW_PASSWORD }).expect(204);
    }),
  );
  await arrived('test', () =>
    eachReader(async (code) => {
      await lab.change((db) =>
        db.execute('UPDATE members SET language = ? WHERE id = ?', [code, admin.memberId]),
      );
      await admin.post('system/test-mail', { to: addressOf(code) }).expect(200);
    }),
  );
  expect([...came.keys()].sort()).toEqual(
    MAIL_KINDS.flatMap((kind) => codes.map((code) => `${kind} ${code}`)).sort(),
  );
});

describe.each(codes)('in %s', (code) => {
  test.each(MAIL_KINDS)(
    '%s says all its sentences in this language, as text and as HTML',
    async (kind) => {
      const mail = came.get(`${kind} ${code}`);
      if (!mail) throw new Error('it did not come');
      const words = await loadWords(code);
      const { subject, body } = SENTENCES[kind](words);
      const seen = visible(mail.html);
      expect(mail.subject).toMatch(subjectPattern(subject));
      expect(mail.html).toContain(`<html lang="${code}">`);
      for (const sentence of [...body, words.mail.hello_name]) {
        expect(mail.text).toMatch(pattern(sentence));
        expect(seen).toMatch(pattern(sentence));
      }
      for (const said of [mail.subject, mail.text, seen]) expect(said).not.toMatch(UNFILLED);
      // Nothing is fetched when it is opened, and nothing runs.
      expect(mail.html).not.toMatch(/<(?:img|link|script|iframe|form)|url\(|\son\w+=/i);
    },
  );
});
