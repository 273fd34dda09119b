import { MAX_PACKET_BYTES } from '@fabomatic/boards';
import { systemClock } from '@fabomatic/kernel';
import { CARDS, furnish, MACHINES, UNREGISTERED } from '../testing/cast';
import { eachBroker } from '../testing/each-broker';
import { until } from '../testing/test-lab';

/** Rules 1, 3, 5 and 6 of docs/board-protocol.md, as a board would suffer from their breach. */
const { laser, lathe, blocked } = MACHINES;
const NINE_FIELDS = {
  request_ok: 'boolean',
  is_valid: 'boolean',
  maintenance: 'boolean',
  allowed: 'boolean',
  name: 'string',
  logoff: 'number',
  type: 'number',
  grace: 'number',
  description: 'string',
};
const ALIVE = { action: 'alive', version: '1.0', ip: '10.0.0.7', serial: 'S1', heap: '1234' };

eachBroker(furnish, (scene) => {
  describe('rule 1: one answer to a query, none to alive', () => {
    const queries = [
      { action: 'checkmachine' },
      { action: 'checkuser', uid: CARDS.ada },
      { action: 'startuse', uid: CARDS.ada },
      { action: 'inuse', uid: CARDS.ada, duration: 1 },
      { action: 'stopuse', uid: CARDS.ada, duration: 2 },
      { action: 'maintenance', uid: CARDS.eve },
      { action: 'synccache' },
    ];

    it.each([
      ['a machine', laser],
      ['a machine that nobody registered', UNREGISTERED],
    ])('answers each query of %s once, at QoS 0, not retained', async (_, machine) => {
      for (const query of queries) {
        const answers = await scene.boards.hears(machine, query);
        expect(answers).toMatchObject([{ qos: 0, retain: false }]);
      }
      const late = await scene.lab.boards();
      await late.client.subscribeAsync('machine/#');
      expect(await late.hears(UNREGISTERED + 1, 'nothing')).toHaveLength(1);
      expect(late.heard.filter(({ retain }) => retain)).toEqual([]);
    });

    it.each([laser, UNREGISTERED])('never answers alive (machine %i)', async (machine) => {
      for (const alive of [ALIVE, { action: 'alive', version: 7 }]) {
        scene.boards.say(machine, alive);
        // What is said next is answered after it, so that its answer would have come before.
        const answers = await scene.boards.hears(machine, { action: 'maintenance' });
        expect(answers.map(({ text }) => text)).toEqual([expect.stringContaining('Bad uid')]);
      }
    });
  });

  describe('rule 3: every replay is answered, whatever is wrong with it', () => {
    const start = { action: 'startuse', replay: true };
    const stop = { action: 'stopuse', replay: true };
    it.each<[string, object | string]>([
      ['unknown card', { ...start, uid: CARDS.stranger }],
      ['null card', { ...start, uid: null }],
      ['no card at all', start],
      ['a number for a card', { ...stop, uid: 7, duration: 3 }],
      ['no card in the reader', { ...stop, uid: '00000000', duration: 3 }],
      ['no duration', { ...stop, uid: CARDS.ada }],
      ['a text for a duration', { ...stop, uid: CARDS.ada, duration: 'long' }],
      ['a negative duration', { ...stop, uid: CARDS.ada, duration: -1 }],
      ['a year', { ...stop, uid: CARDS.ada, duration: 31_536_000 }],
      ['more than a number can hold', '{"action":"stopuse","uid":"ada00001","duration":1e999}'],
      ['nothing that began', { ...stop, uid: CARDS.ada, duration: 3 }],
      ['a replay flag that is none', { ...start, uid: CARDS.ada, replay: 'yes' }],
      ['a disabled member', { ...start, uid: CARDS.bob }],
      ['a card that may no maintenance', { action: 'maintenance', uid: CARDS.ada, replay: true }],
    ])('%s', async (_, replay) => {
      for (const machine of [lathe, UNREGISTERED]) {
        const answers = await scene.boards.hears(machine, replay);
        expect(answers).toHaveLength(1);
        expect(typeof JSON.parse(answers[0]?.text ?? '').request_ok).toBe('boolean');
      }
    });

    it.each<[string, string | Buffer]>([
      ['no JSON', 'hello'],
      ['nothing', ''],
      ['an array', '[]'],
      ['half an object', '{"action":"checkuser","uid":"ada0'],
      ['no action', '{}'],
      ['an unknown action', '{"action":"selfdestruct"}'],
      ['an action that is no text', '{"action":["checkuser"]}'],
      ['a name of Object.prototype', '{"action":"__proto__"}'],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
      ['a zero byte', Buffer.from([0])],
      ['deep nesting', '['.repeat(4000)],
      ['a megabyte', 'x'.repeat(1_000_000)],
    ])('answers "no" to what cannot be read: %s', async (_, message) => {
      for (const machine of [lathe, UNREGISTERED]) {
        expect(await scene.boards.ask(machine, message)).toMatchObject({ request_ok: false });
      }
    });

    it('answers when the database refuses, too', async () => {
      jest.spyOn(scene.lab.units, 'run').mockRejectedValue(new Error('disk full'));
      const replay = { action: 'stopuse', uid: CARDS.ada, duration: 60, replay: true };
      expect(await scene.boards.ask(lathe, replay)).toMatchObject({ request_ok: false });
    });
  });

  describe('rule 5: a refusal is certain', () => {
    it.each([
      ['nobody has it', CARDS.stranger],
      ['its member is disabled', CARDS.bob],
      ['it was revoked', CARDS.cleo],
      ['it has no authorisation', CARDS.dan],
      ['it is none', '00000000'],
      ['it is null', null],
      ['it is a number', 12345678],
    ])('refuses a card: %s', async (_, uid) => {
      const answer = await scene.boards.ask(laser, { action: 'checkuser', uid });
      expect(answer).toMatchObject({ request_ok: true, is_valid: false, level: 0 });
    });

    it('refuses at a blocked machine and at one that nobody registered', async () => {
      for (const machine of [blocked, UNREGISTERED]) {
        const answer = await scene.boards.ask(machine, { action: 'checkuser', uid: CARDS.ada });
        expect(answer).toMatchObject({ request_ok: true, is_valid: false, level: 0 });
      }
    });

    it('lets in who may, in any case of letters', async () => {
      for (const uid of [CARDS.ada, CARDS.ada.toUpperCase()]) {
        const answer = await scene.boards.ask(laser, { action: 'checkuser', uid });
        expect(answer).toMatchObject({ request_ok: true, is_valid: true, level: 1, name: 'Ada' });
      }
      const answer = await scene.boards.ask(laser, { action: 'checkuser', uid: CARDS.eve });
      expect(answer).toMatchObject({ is_valid: true, level: 2 });
    });

    it('remembers a card that nobody has, once for each machine', async () => {
      const uid = 'feed0001';
      for (let times = 0; times < 3; times++) {
        await scene.boards.ask(laser, { action: 'checkuser', uid });
      }
      const rows = () =>
        scene.lab.rows<{ times: number }>(
          'SELECT times FROM unrecognised_cards WHERE uid = ? AND machine_id = ?',
          [uid, laser],
        );
      await until(async () => (await rows())[0]?.times === 3);
      expect(await rows()).toHaveLength(1);
    });
  });

  describe('rule 6: all nine fields, of their types', () => {
    it.each([
      ['a machine', laser, { allowed: true, name: 'laser' }],
      ['a blocked machine', blocked, { allowed: false }],
      ['a machine that nobody registered', UNREGISTERED, { allowed: false, is_valid: true }],
    ])('%s', async (_, machine, expected) => {
      const answer = await scene.boards.ask(machine, { action: 'checkmachine' });
      const types = Object.entries(answer).map(([name, value]) => [name, typeof value]);
      expect(Object.fromEntries(types)).toEqual(NINE_FIELDS);
      expect(answer).toMatchObject({ request_ok: true, ...expected });
    });

    it('clamps what a board cannot count, and writes for its display', async () => {
      const id = 65_535;
      await scene.lab.change(async (db) => {
        const created_at = systemClock.nowS();
        const type = await db.insert('machine_types', {
          id: 300,
          name: 'Eternal',
          timeout_min: 1_000_000,
          grace_min: -5,
        });
        await db.insert('machines', {
          id,
          name: 'Università "α" 🤖 grande',
          type_id: type,
          created_at,
        });
        await db.insert('maintenance_plans', {
          machine_id: id,
          description: 'Oil',
          lcd_message: 'Olio è finito, perciò basta',
          interval_s: 1,
          elapsed_s: 5,
          created_at,
        });
      });
      const answer = await scene.boards.ask(id, { action: 'checkmachine' });
      expect(answer).toMatchObject({ maintenance: true, logoff: 65_535, grace: 0, type: 0 });
      expect(answer['name']).toMatch(/^Universita[\x20-\x7e]{0,4}$/);
      expect(answer['description']).toBe('Olio e finito, ');
    });
  });

  it('never sends a packet that would break the connection of a board', async () => {
    const id = 65_534;
    await scene.lab.change(async (db) => {
      const created_at = systemClock.nowS();
      const role = await db.insert('roles', { name: 'Everywhere', authorize_all: true });
      await db.insert('machines', { id, name: '"'.repeat(60), type_id: 1, created_at });
      for (let n = 0; n < 50; n++) {
        const first_name = `${'\\"'.repeat(30)}${n}`;
        const member_id = await db.insert('members', {
          first_name,
          last_name: '',
          role_id: role,
          created_at,
        });
        await db.insert('cards', { member_id, uid: uidOf(n), created_at });
      }
    });
    for (let n = 0; n < 50; n++) {
      await scene.boards.ask(id, { action: 'checkuser', uid: uidOf(n) });
      await scene.boards.ask(id, { action: 'startuse', uid: uidOf(n) });
      await scene.boards.ask(id, { action: 'stopuse', uid: uidOf(n), duration: n + 1 });
    }
    const { cards } = await scene.boards.ask(id, { action: 'synccache' });
    expect(cards).toHaveLength(8);
    await scene.boards.ask(id, { action: 'checkmachine' });
    await scene.boards.ask(id, { action: 'stopuse', uid: uidOf(1), duration: 1e300 });
    const sizes = scene.boards.heard.map(
      ({ topic, text }) => Buffer.byteLength(topic) + Buffer.byteLength(text),
    );
    expect(sizes.length).toBeGreaterThan(150);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_PACKET_BYTES);
  });
});

function uidOf(n: number): string {
  return `5a5a00${n.toString(16).padStart(2, '0')}`;
}
