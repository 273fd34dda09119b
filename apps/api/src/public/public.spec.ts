import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PublicLabView, PublicMessage } from '@fabomatic/machines';
import request from 'supertest';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { TestLab, until } from '../testing/test-lab';
import { MAX_PUBLIC_READERS } from './public-status.service';

jest.setTimeout(60_000);

const { laser, blocked } = MACHINES;
let lab: TestLab;

async function startLab(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  lab = await TestLab.start({ environment });
  await furnish(lab);
  await lab.change((db) =>
    db.execute(`UPDATE machines SET blocked_reason = 'Ada broke it', blocked_by = 1 WHERE id = ?`, [
      blocked,
    ]),
  );
}
afterEach(() => lab.remove());

const anybody = (path: string) => request(lab.app.getHttpServer()).get(`/api/v1/${path}`);

/** A stream that keeps what it was sent; null when it was refused. */
async function listen(): Promise<{ text: () => string; end: () => void } | null> {
  const { port } = lab.app.getHttpServer().address() as AddressInfo;
  let text = '';
  const asked = get({ port, path: '/api/v1/public/live' });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  // The end of a test cuts it off.
  response.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  if (response.statusCode !== 200) return null;
  await until(() => text.includes('event: snapshot'));
  return { text: () => text, end: () => asked.destroy() };
}

async function mustListen() {
  const stream = await listen();
  if (stream === null) throw new Error('refused');
  return stream;
}

function messagesIn(text: string): unknown[] {
  return [...text.matchAll(/event: (.+)\ndata: (.+)\n\n/g)].map(([, type, data]) => ({
    type,
    data: JSON.parse(data ?? ''),
  }));
}

it('[1] shows nothing to anybody until the settings turn it on', async () => {
  await startLab();
  for (const path of ['public/status', 'public/live']) {
    const answer = await anybody(path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  for (const path of ['dashboard', 'live', 'machines', 'members', 'uses']) {
    expect([path, (await anybody(path)).status]).toEqual([path, 401]);
  }
});

it.each([
  ['the status page', { FABOMATIC_PUBLIC_STATUS_PAGE: 'true' }, { status: true, tv: false }],
  ['the TV', { FABOMATIC_PUBLIC_TV: 'true' }, { status: false, tv: true }],
])('is there for %s alone', async (_which, environment, pages) => {
  await startLab(environment);
  const { body, headers } = await anybody('public/status').expect(200);
  expect(PublicLabView.parse(body).pages).toEqual(pages);
  expect(headers['cache-control']).toBe('no-store');
});

it('[S17] has no personal data in any byte, whatever happens', async () => {
  await startLab({ FABOMATIC_PUBLIC_STATUS_PAGE: 'true', FABOMATIC_PUBLIC_TV: 'true' });
  const stream = await mustListen();
  const boards = await lab.boards();
  for (const uid of Object.values(CARDS)) {
    await boards.ask(laser, { action: 'checkuser', uid });
    await boards.ask(laser, { action: 'startuse', uid });
  }
  await lab.change((db) => db.execute('UPDATE machines SET blocked = ?', [true]));
  await until(() => messagesIn(stream.text()).length > 3);
  const view = await anybody('public/status').expect(200);
  stream.end();

  const people = await lab.rows<{ first_name: string; last_name: string; email: string | null }>(
    // The first member bears the name of the lab.
    'SELECT first_name, last_name, email FROM members WHERE id > 1',
  );
  const forbidden = [
    ...people.flatMap((person) => [person.first_name, person.last_name, person.email ?? '']),
    ...Object.values(CARDS).flatMap((uid) => [uid, uid.toUpperCase()]),
    ...['broke it', '127.0.0.1', '@', 'admin'],
  ].filter((word) => word !== '');
  expect(forbidden.length).toBeGreaterThan(20);
  for (const bytes of [stream.text(), view.text]) {
    expect(bytes).toContain('laser');
    for (const word of forbidden) expect(bytes).not.toContain(word);
  }
  // Strict schemas: nothing that they do not name was sent.
  PublicLabView.parse(view.body);
  for (const message of messagesIn(stream.text())) PublicMessage.parse(message);
});

it.each([
  ['short', 'Ada T.'],
  ['full', 'Ada Test'],
])('calls people as the settings say: %s', async (names, who) => {
  await startLab({
    FABOMATIC_PUBLIC_TV: 'true',
    FABOMATIC_PUBLIC_NAMES: names,
    FABOMATIC_PUBLIC_REASONS: 'true',
  });
  const boards = await lab.boards();
  await boards.ask(laser, { action: 'startuse', uid: CARDS.ada });
  const { machines } = PublicLabView.parse((await anybody('public/status').expect(200)).body);
  const find = (id: number) => machines.find((machine) => machine.id === id);
  expect(find(laser)?.use?.who).toBe(who);
  expect(find(blocked)).toMatchObject({ blocked: true, blockedReason: 'Ada broke it' });
  // Every machine of the lab, once, in its order.
  expect(machines.map(({ id }) => id)).toEqual([1, ...Object.values(MACHINES)]);
});

it('is live, and follows a machine that is renamed or removed', async () => {
  await startLab({ FABOMATIC_PUBLIC_TV: 'true' });
  const stream = await mustListen();
  const boards = await lab.boards();
  await boards.ask(laser, { action: 'startuse', uid: CARDS.ada });
  await until(() => /event: machine\n.*"startedAt"/.test(stream.text()), 1000);
  await lab.change((db) =>
    db.execute(`UPDATE machines SET name = 'Big laser' WHERE id = ?`, [laser]),
  );
  await until(() => stream.text().includes('Big laser'), 1000);
  stream.end();
});

it('takes a limited number of readers, and takes others when some have gone', async () => {
  await startLab({ FABOMATIC_PUBLIC_TV: 'true' });
  const streams = [];
  for (let n = 0; n < MAX_PUBLIC_READERS; n++) streams.push(await mustListen());
  const refused = await anybody('public/live').expect(503);
  expect(refused.body.code).toBe('request.too_many');
  for (const stream of streams) stream.end();
  await until(async () => {
    const again = await listen();
    again?.end();
    return again !== null;
  });
});
