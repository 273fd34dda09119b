import { monotonicMs, systemClock } from '@fabomatic/kernel';
import type { MachineCommandView } from '@fabomatic/machines';
import { fasterTimings, MqttLink, RealClock, VirtualBoard } from '@fabomatic/virtual-board';
import { LiveService } from '../live/live.service';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachBroker } from '../testing/each-broker';
import { TestApi } from '../testing/test-api';
import type { TestBoards } from '../testing/test-boards';
import { until } from '../testing/test-lab';
import { CommandJournal } from './command-journal.service';

const OWN_CARD = 'ad000001';
const { laser, lathe, drill } = MACHINES;

eachBroker(furnish, (scene) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.as(scene.lab, 'admin');
    await giveCard(api.memberId, OWN_CARD);
    await authorise(api.memberId, laser, lathe, drill);
  });

  const giveCard = (memberId: number, uid: string) =>
    scene.lab.change((db) => db.insert('cards', { member_id: memberId, uid, created_at: 1 }));
  const authorise = (memberId: number, ...machineIds: number[]) =>
    scene.lab.change(async (db) => {
      for (const id of machineIds) {
        await db.insert('authorizations', { member_id: memberId, machine_id: id, created_at: 1 });
      }
    });
  /** Its board speaks, so that it is on line. */
  const online = (machineId: number) => scene.boards.ask(machineId, { action: 'checkmachine' });
  const send = async (machineId: number, command: string, by: TestApi = api) =>
    (await by.post(`machines/${machineId}/commands`, { command }).expect(202))
      .body as MachineCommandView;
  const refused = async (machineId: number, command: string, status: number, by: TestApi = api) => {
    const answer = await by.post(`machines/${machineId}/commands`, { command }).expect(status);
    return (answer.body as { code: string }).code;
  };
  const last = async (machineId: number) => {
    const { body } = await api.get(`machines/${machineId}/commands`).expect(200);
    return (body as { items: MachineCommandView[] }).items[0];
  };
  const untilState = (machineId: number, state: string) =>
    until(async () => (await last(machineId))?.state === state);
  const commandsTo = (machineId: number, boards: TestBoards = scene.boards) =>
    boards.heard.filter(({ topic }) => topic === `machine/${machineId}/request`);

  it('[36] [B22] a start and a stop that the board obeys are confirmed', async () => {
    const { boards, lab } = scene;
    await online(laser);
    const told: string[] = [];
    const stop = lab.app.get(LiveService).subscribe((message) => {
      if (message.type === 'command') told.push(`${message.data.command} ${message.data.state}`);
    });
    const sent = await send(laser, 'start');
    expect(sent).toMatchObject({ machineId: laser, state: 'sent', settledAt: null, reason: null });
    expect(sent).toMatchObject({ memberId: api.memberId, memberName: 'Pat admin' });
    await until(() => commandsTo(laser).length === 1);
    expect(commandsTo(laser)).toMatchObject([
      { text: `{"request_type":"start","uid":"${OWN_CARD}"}`, qos: 0, retain: false },
    ]);
    expect(await refused(laser, 'stop', 409)).toBe('command.pending');

    const checked = await boards.ask(laser, { action: 'checkuser', uid: OWN_CARD });
    expect(checked).toMatchObject({ is_valid: true });
    expect((await last(laser))?.state).toBe('sent');
    // What was said before and is repeated now proves nothing.
    await boards.ask(laser, { action: 'startuse', uid: CARDS.ada, replay: true });
    expect((await last(laser))?.state).toBe('sent');
    await boards.ask(laser, { action: 'startuse', uid: OWN_CARD });
    await untilState(laser, 'confirmed');

    await send(laser, 'stop');
    await until(() => commandsTo(laser).length === 2);
    expect(commandsTo(laser)[1]?.text).toBe(`{"request_type":"stop","uid":"${OWN_CARD}"}`);
    await boards.ask(laser, { action: 'stopuse', uid: OWN_CARD, duration: 1 });
    await untilState(laser, 'confirmed');
    stop();
    expect(told).toEqual(['start sent', 'start confirmed', 'stop sent', 'stop confirmed']);
  });

  it('[B22] a board with the firmware’s habits starts, and stops', async () => {
    const { lab } = scene;
    const clock = new RealClock();
    const broker = { url: `mqtt://127.0.0.1:${lab.settings.mqtt.port}` };
    const board = new VirtualBoard({
      machineId: drill,
      clock,
      link: new MqttLink({ broker, clock }),
      timings: fasterTimings(20),
    });
    board.boot();
    try {
      await until(() => board.state.isOnline && board.state.machine.name === 'drill');
      await send(drill, 'start');
      await untilState(drill, 'confirmed');
      expect(board.state).toMatchObject({ power: 'on', use: { uid: OWN_CARD } });
      expect(lab.lab.machine(drill)?.session.open?.memberId).toBe(api.memberId);
      await send(drill, 'stop');
      await untilState(drill, 'confirmed');
      await until(() => board.state.use === null);
    } finally {
      await board.powerCut();
    }
  });

  it('each command is in the audit trail, with its outcome', async () => {
    const entries = () =>
      scene.lab.rows<{ action: string; actor_kind: string; details_json: string }>(
        `SELECT action, actor_kind, details_json FROM audit_entries
         WHERE subject = 'machine' AND subject_id = ? AND action IN ('start', 'stop') ORDER BY id`,
        [laser],
      );
    await until(async () => (await entries()).length >= 4);
    const told = (await entries()).map(({ action, actor_kind, details_json }) => {
      const { after } = JSON.parse(details_json) as { after: { state: string } };
      return `${actor_kind} ${action} ${after.state}`;
    });
    expect(told).toEqual([
      'member start sent',
      'board start confirmed',
      'member stop sent',
      'board stop confirmed',
    ]);
  });

  it('a card that is turned away meanwhile: refused, and why', async () => {
    const { boards, lab } = scene;
    await online(lathe);
    await send(lathe, 'start');
    await lab.change((db) =>
      db.execute('DELETE FROM authorizations WHERE machine_id = ? AND member_id = ?', [
        lathe,
        api.memberId,
      ]),
    );
    await boards.ask(lathe, { action: 'checkuser', uid: OWN_CARD });
    await untilState(lathe, 'refused');
    expect(await last(lathe)).toMatchObject({ reason: 'not-authorised' });
    expect(await refused(lathe, 'start', 403)).toBe('command.not_allowed');
    await authorise(api.memberId, lathe);
  });

  it('[C7] a board that stays silent: timed out, and then the next one may be sent', async () => {
    const journal = scene.lab.app.get(CommandJournal);
    await online(drill);
    await send(drill, 'start');
    journal.expire(monotonicMs() + 14_000);
    expect((await last(drill))?.state).toBe('sent');
    journal.expire(monotonicMs() + 15_000);
    expect(await last(drill)).toMatchObject({ state: 'timed-out', reason: null });
    expect((await last(drill))?.settledAt).not.toBeNull();
    expect((await send(drill, 'start')).state).toBe('sent');
    journal.expire(Number.POSITIVE_INFINITY);
  });

  it('a stop ends the use of whoever works there, also without an own card', async () => {
    const { boards } = scene;
    const cardless = await TestApi.as(scene.lab, 'machines');
    await online(lathe);
    expect(await refused(lathe, 'stop', 409)).toBe('command.not_in_use');
    await boards.ask(lathe, { action: 'startuse', uid: CARDS.ada });
    expect(await refused(lathe, 'start', 409)).toBe('command.in_use');
    await send(lathe, 'stop', cardless);
    await until(() => commandsTo(lathe).some(({ text }) => text.includes(CARDS.ada)));
    await boards.ask(lathe, { action: 'stopuse', uid: CARDS.ada, duration: 3 });
    await untilState(lathe, 'confirmed');
  });

  it('[34] [35] nothing is sent that the board would not do', async () => {
    const { lab } = scene;
    const before = scene.boards.heard.length;
    const cardless = await TestApi.as(lab, 'machines');
    expect(await refused(laser, 'start', 409, cardless)).toBe('command.no_card');
    expect(await refused(999, 'start', 404)).toBe('machine.not_found');
    await api.post(`machines/${laser}/commands`, { command: 'explode' }).expect(422);
    for (const access of ['read-only', 'members'] as const) {
      const reader = await TestApi.as(lab, access);
      expect(await refused(laser, 'start', 403, reader)).toBe('auth.forbidden');
    }
    const id = await lab.change((db) =>
      db.insert('machines', {
        name: 'Quiet',
        type_id: 1,
        created_at: 1,
        last_seen_at: systemClock.nowS() - 91,
      }),
    );
    expect(await refused(id, 'start', 409)).toBe('command.offline');
    await online(MACHINES.blocked);
    expect(await refused(MACHINES.blocked, 'start', 409)).toBe('command.blocked');
    await lab.change((db) =>
      db.insert('maintenance_plans', {
        machine_id: laser,
        description: 'Oil',
        interval_s: 1,
        elapsed_s: 2,
        created_at: 1,
      }),
    );
    const own = await TestApi.as(lab, 'machines');
    await giveCard(own.memberId, 'ad000002');
    await authorise(own.memberId, laser);
    expect(await refused(laser, 'start', 409, own)).toBe('command.maintenance_due');
    expect(scene.boards.heard.slice(before).filter(({ topic }) => /request$/.test(topic))).toEqual(
      [],
    );
  });
});
