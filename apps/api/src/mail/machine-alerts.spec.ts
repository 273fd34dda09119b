import { BoardTransport } from '../boards/board-transport.service';
import { eachLab } from '../testing/each-lab';
import { TestMailServer } from '../testing/mail-server';
import { until } from '../testing/test-lab';
import { LiveService } from '../live/live.service';
import { MachineAlerts } from './machine-alerts.service';

const START_S = 1_790_000_000;
const MIN_S = 60;
let server: TestMailServer;
const clock = { now: START_S, nowS: () => clock.now };

eachLab(
  async (lab) => {
    await lab.change(async (db) => {
      const role = await db.insert('roles', { name: 'Wardens', maintenance: true });
      const person = { role_id: role, created_at: 1, language: 'it' };
      await db.insert('members', {
        ...person,
        first_name: 'Ada',
        last_name: '',
        email: 'ada@example.org',
        maintenance_due_mails: true,
        machine_offline_mails: true,
      });
      await db.insert('members', {
        ...person,
        first_name: 'Bea',
        last_name: '',
        email: 'bea@example.org',
        machine_online_mails: true,
        language: 'de',
      });
      const plain = await db.insert('roles', { name: 'No wardens any more' });
      await db.insert('members', {
        first_name: 'Cai',
        last_name: '',
        email: 'cai@example.org',
        role_id: plain,
        created_at: 1,
        maintenance_due_mails: true,
        machine_offline_mails: true,
      });
      for (const name of ['Laser', 'Lathe']) {
        const machine = await db.insert('machines', { name, created_at: 1 });
        await db.insert('maintenance_plans', {
          machine_id: machine,
          description: `Clean the ${name}`,
          interval_s: 3600,
          elapsed_s: 0,
          created_at: 1,
        });
      }
    });
  },
  (scene) => {
    afterAll(() => server.stop());
    const look = () => scene.lab.app.get(MachineAlerts).look();
    const subjects = async () =>
      (
        await scene.lab.rows<{ kind: string; recipient: string }>(
          'SELECT kind, recipient FROM outgoing_mails ORDER BY id',
        )
      ).map(({ kind, recipient }) => `${kind} ${recipient}`);
    /** The latest mail to the address, once it has that many. */
    const mailNumber = async (count: number, address: string) => {
      await until(() => server.mails.filter(({ to }) => to.includes(address)).length === count);
      return server.mailTo(address);
    };
    const machines = () =>
      [...scene.lab.lab.machines()].filter(({ name }) => ['Laser', 'Lathe'].includes(name));
    const heard = (...names: string[]) => {
      for (const machine of machines()) {
        if (names.includes(machine.name)) machine.lastSeenAtS = clock.now;
      }
    };

    it('maintenance that is due is mailed once, and again after it was done', async () => {
      const run = (elapsedS: number) =>
        scene.lab.change((db) =>
          db.execute("UPDATE maintenance_plans SET elapsed_s = ? WHERE description LIKE '%Laser'", [
            elapsedS,
          ]),
        );
      await run(3600);
      await look();
      expect(await subjects()).toEqual([]);
      await run(3601);
      await look();
      // However much it is used on.
      await run(9000);
      await look();
      await look();
      expect(await subjects()).toEqual(['maintenance-due ada@example.org']);
      const mail = await server.mailTo('ada@example.org');
      expect(mail.text).toContain('Clean the Laser');
      expect(mail.html).toContain('<html lang="it">');
      await run(0);
      await look();
      await run(4000);
      await look();
      expect(await subjects()).toHaveLength(2);
      await run(0);
      await look();
    });

    it('silent machines are mailed once, all in one mail, and only to those who ask', async () => {
      const before = (await subjects()).length;
      heard('Laser', 'Lathe');
      clock.now += 29 * MIN_S;
      await look();
      expect(await subjects()).toHaveLength(before);
      clock.now += 2 * MIN_S;
      await look();
      clock.now += 60 * MIN_S;
      await look();
      const mails = (await subjects()).slice(before);
      expect(mails).toEqual(['machine-offline ada@example.org']);
      const mail = await mailNumber(3, 'ada@example.org');
      expect(mail.text).toContain('Laser');
      expect(mail.text).toContain('Lathe');
    });

    it('machines that are back are mailed to those who asked for that alone', async () => {
      const before = (await subjects()).length;
      heard('Laser');
      await look();
      await look();
      const mails = (await subjects()).slice(before);
      expect(mails).toEqual(['machine-online bea@example.org']);
      expect((await server.mailTo('bea@example.org')).text).not.toContain('Lathe');
      heard('Lathe');
      await look();
    });

    it('a broker that is away, or just back, makes no machine offline', async () => {
      const before = (await subjects()).length;
      const live = scene.lab.app.get(LiveService);
      expect(scene.lab.app.get(BoardTransport).isConnected).toBe(true);
      heard('Laser', 'Lathe');
      live.brokerChanged(false);
      clock.now += 50 * MIN_S;
      await look();
      live.brokerChanged(true);
      await look();
      clock.now += 29 * MIN_S;
      heard('Laser');
      await look();
      expect(await subjects()).toHaveLength(before);
      // One board did not come back: that is told, half an hour after the broker did.
      clock.now += 2 * MIN_S;
      await look();
      expect((await subjects()).slice(before)).toEqual(['machine-offline ada@example.org']);
      expect((await mailNumber(4, 'ada@example.org')).text).not.toContain('Laser');
    });

    it('what is due or silent now is sent by hand, also when it was told before', async () => {
      const { api } = scene;
      const send = (topic: string) => api.post('system/alert-mails/send', { topic });
      heard('Laser', 'Lathe');
      await look();
      for (const topic of ['maintenance-due', 'machine-offline']) {
        const nothing = await send(topic).expect(409);
        expect(nothing.body).toMatchObject({ code: 'mail.nothing_now' });
      }
      await send('weekly-summary').expect(422);
      await (
        await scene.as('machines')
      )
        .post('system/alert-mails/send', { topic: 'machine-offline' })
        .expect(403);

      await scene.lab.change((db) => db.execute('UPDATE maintenance_plans SET elapsed_s = 9000'));
      clock.now += 40 * MIN_S;
      await look();
      const before = (await subjects()).length;
      expect((await send('maintenance-due').expect(200)).body).toEqual({ mails: 1 });
      expect((await send('machine-offline').expect(200)).body).toEqual({ mails: 1 });
      await look();
      // Cai asked as well, and has no longer a role that looks after machines.
      expect((await subjects()).slice(before)).toEqual([
        'maintenance-due ada@example.org',
        'machine-offline ada@example.org',
      ]);
      const mail = await mailNumber(8, 'ada@example.org');
      for (const name of ['Laser', 'Lathe']) expect(mail.text).toContain(name);
      const trail = await scene.lab.rows<{ action: string; actor_id: number }>(
        "SELECT action, actor_id FROM audit_entries WHERE subject = 'machine-alert'",
      );
      expect(trail).toEqual(
        Array.from({ length: 2 }, () => ({ action: 'send', actor_id: api.memberId })),
      );
    });
  },
  async () => {
    server = await TestMailServer.start();
    clock.now = START_S;
    return { clock, environment: server.environment };
  },
);
