import { headOf, shownHeader, TestMailServer } from '../testing/mail-server';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';
import { MachineAlerts } from './machine-alerts.service';
import { MailSender } from './mail-sender.service';

/** RFC 5322, without the line break. */
const LONGEST_LINE = 998;
const READER = 'ada@example.org';
const EVIL = 'evil@example.net';
/** All that a mail of ours says in its head. */
const HEADERS = new Set([
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'auto-submitted',
  'list-unsubscribe',
  'list-unsubscribe-post',
]);

const HOSTILE: readonly (readonly [what: string, name: string])[] = [
  ['a line break and a header', `Laser\r\nBcc: ${EVIL}`],
  ['a bare line feed', `Laser\nBcc: ${EVIL}`],
  ['a bare carriage return', `Laser\rBcc: ${EVIL}`],
  ['other line separators', `Laser\u2028Bcc: ${EVIL}\u2029X-Evil: 1\u0085X-Evil: 2\u000bX-Evil: 3`],
  ['the end of the head', `Laser\r\n\r\n.\r\nMAIL FROM:<${EVIL}>`],
  ['an encoded word', `=?utf-8?Q?Laser=0D=0ABcc:_${EVIL}?=`],
  ['quotes and an address', `"Laser" <${EVIL}>, ${EVIL}; \\`],
  ['2000 letters without a blank', 'L'.repeat(2000)],
  ['2000 letters beyond ASCII', 'ü'.repeat(2000)],
  ['emoji', '👩🏽‍🔧🔥'.repeat(40)],
  ['right to left, and a turn of direction', 'ليزر \u202egnp.exe לייזר'],
];

let server: TestMailServer;
let lab: TestLab;

jest.setTimeout(60_000);

beforeAll(async () => {
  server = await TestMailServer.start();
});
afterAll(() => server.stop());

function expectHarmless(raw: string): Map<string, string> {
  const head = headOf(raw);
  const names = head.map(([name]) => name);
  expect(names.filter((name) => !HEADERS.has(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(LONGEST_LINE);
  // A bare one ends a line for some mail servers.
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  return new Map(head);
}

describe.each(HOSTILE)('[B11] %s', (_, name) => {
  beforeAll(async () => {
    // A settings file may hold what an environment variable cannot.
    const environment = { ...server.environment, FABOMATIC_LAB_NAME: name };
    lab = await TestLab.start({ environment });
    server.mails.length = 0;
  });
  afterAll(() => lab.remove());

  it('as the name of lab, machine and member: one mail, one reader, no header of theirs', async () => {
    await lab.change(async (db) => {
      const role = await db.insert('roles', { name: 'Wardens', maintenance: true });
      await db.insert('members', {
        first_name: name,
        last_name: name,
        email: READER,
        role_id: role,
        created_at: 1,
        maintenance_due_mails: true,
      });
      const machine = await db.insert('machines', { name, created_at: 1 });
      await db.insert('maintenance_plans', {
        machine_id: machine,
        description: name,
        interval_s: 3600,
        elapsed_s: 9000,
        created_at: 1,
      });
    });
    await lab.app.get(MachineAlerts).look();
    const { raw, text, from, to } = await server.mailTo(READER);
    await lab.app.get(MailSender).idle();
    expect(server.mails).toHaveLength(1);
    expect([from, to]).toEqual(['lab@example.org', [READER]]);
    const head = expectHarmless(raw);
    expect(head.get('to')).toBe(READER);
    expect(head.get('from')).toMatch(/<lab@example\.org>$/);
    // The name arrives, as one line.
    const [first = ''] = name.split(/[\r\n\u2028]/);
    expect(shownHeader(head.get('subject') ?? '')).toContain(first.slice(0, 40));
    expect(text).toContain(first.slice(0, 40));
  });
});

describe('[B11] an address that a database from elsewhere may hold', () => {
  beforeAll(async () => {
    const base = { FABOMATIC_WEB_BASE_URL: 'https://lab.example.org' };
    lab = await TestLab.start({ environment: { ...server.environment, ...base } });
  });
  afterAll(() => lab.remove());

  it.each([
    `pat@example.org\r\nRCPT TO:<${EVIL}>`,
    `pat@example.org>\r\nRCPT TO:<${EVIL}`,
    `pat@example.org, ${EVIL}`,
    `pat@example.org <${EVIL}>`,
  ])('%j never makes a mail for two', async (address) => {
    server.mails.length = 0;
    const api = await TestApi.as(lab, 'admin');
    await lab.change((db) =>
      db.execute('UPDATE members SET email = ? WHERE id = ?', [address, api.memberId]),
    );
    await api.post(`members/${api.memberId}/password-link`).expect(200);
    const tried = async () => {
      const [mail] = await lab.rows<{ attempts: number }>(
        'SELECT attempts FROM outgoing_mails WHERE member_id = ?',
        [api.memberId],
      );
      return mail?.attempts === 1;
    };
    await until(tried);
    for (const { raw, to } of server.mails) {
      expectHarmless(raw);
      expect(to).toHaveLength(1);
      expect(to).not.toContain(EVIL);
    }
  });
});
