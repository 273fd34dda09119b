import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';
import { MAX_STREAMS_OF_ONE } from './live.controller';

jest.setTimeout(30_000);

let lab: TestLab;
beforeAll(async () => {
  lab = await TestLab.start();
});
afterAll(() => lab.remove());

/** An open stream of live data, or the status that it was refused with. */
function listen({ token }: TestApi): Promise<ClientRequest | number | undefined> {
  const { port } = lab.app.getHttpServer().address() as AddressInfo;
  const headers = { Authorization: `Bearer ${token}` };
  return new Promise((resolve) => {
    const asked = get({ port, path: '/api/v1/live', headers }, (answer: IncomingMessage) => {
      answer.on('error', () => undefined).resume();
      resolve(answer.statusCode === 200 ? asked : answer.statusCode);
    });
    asked.on('error', () => undefined);
  });
}

it('one member has so many live streams, and takes no place from others', async () => {
  const [ann, bob] = [await TestApi.as(lab, 'read-only'), await TestApi.as(lab, 'read-only')];
  const streams: ClientRequest[] = [];
  for (let n = 0; n < MAX_STREAMS_OF_ONE; n++) streams.push((await listen(ann)) as ClientRequest);
  expect(await listen(ann)).toBe(503);
  const other = await listen(bob);
  expect(typeof other).toBe('object');
  streams.pop()?.destroy();
  await until(async () => typeof (await listen(ann)) === 'object');
});

it('one firmware file at a time is in memory', async () => {
  const api = await TestApi.as(lab, 'admin');
  const upload = () =>
    request(lab.app.getHttpServer())
      .post('/api/v1/firmware/images?fileName=a.bin')
      .set('Authorization', `Bearer ${api.token}`)
      .set('Content-Type', 'application/octet-stream')
      .send(Buffer.alloc(4_000_000));
  const answers = await Promise.all(Array.from({ length: 8 }, upload));
  const statuses = new Set(answers.map(({ status }) => status));
  // The content is no firmware; the others were not even read.
  expect(statuses).toEqual(new Set([422, 503]));
  expect((await upload()).status).toBe(422);
});
