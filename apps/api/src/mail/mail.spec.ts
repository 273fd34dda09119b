import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { freePort } from '@fabomatic/virtual-board';
import { loadSettings } from '../settings/load-settings';
import { eachLab } from '../testing/each-lab';
import { silentServer, TestMailServer } from '../testing/mail-server';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';
import { MailSender } from './mail-sender.service';
import { escaped } from './mail-html';
import { mailContent } from './mail-text';
import { smtpOptions, smtpTransport } from './mail-transport';
import { MailService } from './mail.service';
import { isFinal, nextTryS } from './retry';

const CONTENT = mailContent(
  { subject: 'Now', greeting: 'Hello', paragraphs: ['secret words'], foot: [] },
  'en',
);

interface MailRow {
  attempts: number;
  sent_at: number | null;
  next_try_at: number | null;
  last_error: string | null;
  sealed_content: string | null;
}

const queue = (lab: TestLab, recipient: string) =>
  lab.units.run((db) =>
    lab.app
      .get(MailService)
      .queue(db, { kind: 'test', recipient, memberId: null, content: CONTENT }),
  );
const rowOf = async (lab: TestLab, recipient: string) => {
  const [row] = await lab.rows<Record<keyof MailRow, never>>(
    'SELECT * FROM outgoing_mails WHERE recipient = ?',
    [recipient],
  );
  return row as MailRow | undefined;
};

let server: TestMailServer;

eachLab(
  async () => undefined,
  (scene) => {
    afterAll(() => server.stop());

    it('[B24] [C32] an admin sends a test mail, in their language, and reads what the server said', async () => {
      const { api, lab } = scene;
      await lab.change((db) =>
        db.execute("UPDATE members SET language = 'it' WHERE id = ?", [api.memberId]),
      );
      const answer = await api.post('system/test-mail', { to: 'ann@example.org' }).expect(200);
      expect(answer.body).toMatchObject({
        server: '127.0.0.1',
        answer: expect.stringMatching(/^250 /),
      });
      const mail = await server.mailTo('ann@example.org');
      expect(mail.from).toBe('lab@example.org');
      expect(mail.raw).toMatch(/^Subject: FabLab: la posta funziona\r?$/m);
      expect(mail.raw).toMatch(/^From: FabLab <lab@example.org>\r?$/m);
      expect(mail.text).toContain('pagina di sistema');
      expect(mail.html).toContain('<html lang="it">');
      server.refusals.push({ code: 550, text: 'No such user here' });
      const refused = await api.post('system/test-mail', { to: 'no@example.org' }).expect(502);
      expect(refused.body).toMatchObject({ code: 'mail.failed' });
      expect(JSON.stringify(refused.body)).toContain('No such user here');
      await api.post('system/test-mail', { to: 'not an address' }).expect(422);
      await (await scene.as('members')).post('system/test-mail', { to: 'a@b.org' }).expect(403);
    });

    it('[C27] a queued mail is sent, its content forgotten, its delivery remembered', async () => {
      await queue(scene.lab, 'bob@example.org');
      expect((await server.mailTo('bob@example.org')).text).toContain('secret words');
      await until(async () => (await rowOf(scene.lab, 'bob@example.org'))?.sent_at !== null);
      expect(await rowOf(scene.lab, 'bob@example.org')).toMatchObject({
        attempts: 1,
        sealed_content: null,
        next_try_at: null,
        last_error: null,
      });
      const { body } = await scene.api.get('system/mails?state=sent&q=bob').expect(200);
      expect(body).toMatchObject({
        total: 1,
        items: [{ kind: 'test', recipient: 'bob@example.org', state: 'sent', attempts: 1 }],
      });
    });

    it('what the server refuses for now is tried again, what it refuses for good is not', async () => {
      server.refusals.push({ code: 451, text: 'Greylisted' }, { code: 550, text: 'No such user' });
      await queue(scene.lab, 'grey@example.org');
      await until(async () => (await rowOf(scene.lab, 'grey@example.org'))?.attempts === 1);
      const waiting = await rowOf(scene.lab, 'grey@example.org');
      expect(waiting?.next_try_at).toBeGreaterThan(Date.now() / 1000 + 50);
      expect(waiting?.last_error).toContain('Greylisted');
      // It waits with its content, which nobody reads in the database.
      expect(waiting?.sealed_content).not.toContain('secret');

      await queue(scene.lab, 'gone@example.org');
      await until(async () => (await rowOf(scene.lab, 'gone@example.org'))?.attempts === 1);
      expect(await rowOf(scene.lab, 'gone@example.org')).toMatchObject({ next_try_at: null });
      const { body } = await scene.api.get('system/mails?state=given-up').expect(200);
      expect(body).toMatchObject({ total: 1, items: [{ recipient: 'gone@example.org' }] });

      await scene.lab.change((db) =>
        db.execute('UPDATE outgoing_mails SET next_try_at = 1 WHERE next_try_at IS NOT NULL'),
      );
      scene.lab.app.get(MailSender).wake();
      await server.mailTo('grey@example.org');
    });
  },
  async () => {
    server = await TestMailServer.start();
    return { environment: server.environment };
  },
);

describe('mail', () => {
  jest.setTimeout(30_000);

  it('survives a restart, and a mail server that was away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-mail-'));
    const port = await freePort();
    const environment = {
      FABOMATIC_EMAIL_SERVER: '127.0.0.1',
      FABOMATIC_EMAIL_PORT: String(port),
      FABOMATIC_EMAIL_USE_TLS: 'false',
    };
    const first = await TestLab.start({ folder, environment });
    await queue(first, 'late@example.org');
    await until(async () => (await rowOf(first, 'late@example.org'))?.attempts === 1);
    await first.change((db) => db.execute('UPDATE outgoing_mails SET next_try_at = 1'));
    await first.stop();

    const away = await TestMailServer.start({}, port);
    const second = await TestLab.start({ folder, environment });
    expect((await away.mailTo('late@example.org')).text).toContain('secret words');
    await second.stop();
    await away.stop();
    rmSync(folder, { recursive: true });
  });

  it('without a mail server says so', async () => {
    const lab = await TestLab.start();
    const api = await TestApi.as(lab, 'admin');
    const { body } = await api.post('system/test-mail', { to: 'a@example.org' }).expect(409);
    expect(body).toMatchObject({ code: 'mail.off' });
    const alerts = await api.post('system/alert-mails/send', { topic: 'maintenance-due' });
    expect(alerts.body).toMatchObject({ code: 'mail.off' });
    await lab.remove();
  });

  describe('TLS', () => {
    let folder: string;
    let certificate: { private: string; cert: string };

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'fabomatic-tls-'));
      certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
      });
      writeFileSync(join(folder, 'ca.pem'), certificate.cert);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const email = (port: number, more: Record<string, string> = {}) =>
      loadSettings(
        {
          FABOMATIC_EMAIL_PORT: String(port),
          FABOMATIC_EMAIL_TLS_CA_FILE: join(folder, 'ca.pem'),
          ...more,
        },
        folder,
      ).email;
    const keys = () => ({ key: certificate.private, cert: certificate.cert });
    const mail = { from: 'a@example.org', to: 'b@example.org', subject: 's', text: 't' };

    it('begins at once on port 465, by STARTTLS on others, never where it is off', () => {
      const of = (port: number, tls = 'true') => {
        const settings = email(port, { FABOMATIC_EMAIL_USE_TLS: tls });
        const { secure, requireTLS, ignoreTLS } = smtpOptions(settings, 'mail.example.org');
        return [secure, requireTLS, ignoreTLS];
      };
      expect(of(465)).toEqual([true, false, false]);
      expect(of(587)).toEqual([false, true, false]);
      expect(of(25, 'false')).toEqual([false, false, true]);
    });

    it.each([
      ['STARTTLS', false],
      ['TLS from the start', true],
    ])('%s, with the certificate checked', async (_, secure) => {
      const tls = await TestMailServer.start({ ...keys(), secure });
      const options = { ...smtpOptions(email(tls.port), '127.0.0.1'), secure, requireTLS: !secure };
      await smtpTransport(options).sendMail(mail);
      expect(tls.mails).toMatchObject([{ isSecure: true }]);
      const unknown = smtpTransport({ ...options, tls: {} }).sendMail(mail);
      await expect(unknown).rejects.toThrow(/certificate/);
      await tls.stop();
    });

    it('a server without STARTTLS gets no mail and no password', async () => {
      const plain = await TestMailServer.start();
      const settings = email(plain.port, { FABOMATIC_EMAIL_USERNAME: 'u' });
      const sent = smtpTransport(smtpOptions(settings, '127.0.0.1')).sendMail(mail);
      await expect(sent).rejects.toThrow(/STARTTLS/i);
      await plain.stop();
    });
  });

  it('[C32] a server that says nothing is given up', async () => {
    const silent = await silentServer();
    const { email } = loadSettings({ FABOMATIC_EMAIL_USE_TLS: 'false' }, tmpdir());
    const options = { ...smtpOptions(email, '127.0.0.1'), port: silent.port };
    expect(options).toMatchObject({
      dnsTimeout: 10_000,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    });
    const sent = smtpTransport({ ...options, greetingTimeout: 200 }).sendMail({ to: 'a@b.org' });
    await expect(sent).rejects.toThrow(/Greeting/);
    await silent.stop();
  });

  it('waits longer after each failure, and gives up after about two days', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => (nextTryS(attempts, 0) ?? 0) / 60);
    expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720, 1440]);
    expect(nextTryS(9, 0)).toBeNull();
    expect(isFinal({ responseCode: 550, command: 'RCPT TO' })).toBe(true);
    expect(isFinal({ responseCode: 451, command: 'RCPT TO' })).toBe(false);
    // A wrong password for the mail server is mended in the settings.
    expect(isFinal({ responseCode: 535, command: 'AUTH PLAIN' })).toBe(false);
    expect(isFinal({ responseCode: undefined, command: 'CONN' })).toBe(false);
  });

  it('[B11] what people typed is text, in the body and in the subject', () => {
    const name = '<script>alert(1)</script>\r\nBcc: all@example.org';
    const content = mailContent(
      { subject: name, greeting: name, paragraphs: [name], foot: [name] },
      'en',
    );
    expect(content.html).not.toContain('<script>');
    expect(content.subject).toBe('<script>alert(1)</script> Bcc: all@example.org');
    expect(escaped(`"'&`)).toBe('&quot;&#39;&amp;');
  });
});
