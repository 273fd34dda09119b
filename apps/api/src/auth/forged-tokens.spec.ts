import { connect } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { JwtService } from '@nestjs/jwt';
import request from 'supertest';
import { TestApi } from '../testing/test-api';
import { TestLab } from '../testing/test-lab';

jest.setTimeout(30_000);

let lab: TestLab;
let api: TestApi;
beforeAll(async () => {
  lab = await TestLab.start();
  api = await TestApi.as(lab, 'admin');
});
afterAll(() => lab.remove());

const server = () => request(lab.app.getHttpServer());
const me = (token: string) =>
  server().get('/api/v1/auth/me').set('Authorization', `Bearer ${token}`);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const AUDIENCE = { audience: 'fabomatic:access' };

/** What a good token of ours says. */
const claims = () => {
  const { sub, sid } = lab.app
    .get(JwtService, { strict: false })
    .decode<{ sub: string; sid: number }>(api.token);
  return { sub, sid };
};
const signed = (more: object, options: object = {}) =>
  lab.app.get(JwtService, { strict: false }).sign({ ...claims(), ...more }, options);

it('a token signed like ours opens, so that the refusals below are about what they say', async () => {
  await me(signed({}, { ...AUDIENCE, expiresIn: 60 })).expect(200);
});

it.each<[string, () => string]>([
  [
    'alg none',
    () => `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims(), aud: AUDIENCE.audience })}.`,
  ],
  ['another algorithm', () => signed({}, { ...AUDIENCE, algorithm: 'HS512' })],
  [
    'another secret',
    () => signed({}, { ...AUDIENCE, secret: 'a secret of somebody else, as long as ours' }),
  ],
  ['an end that is over', () => signed({}, { ...AUDIENCE, expiresIn: -1 })],
  ['another audience', () => signed({}, { audience: 'fabomatic:refresh' })],
  ['no audience', () => signed({})],
  ['another session', () => signed({ sid: 4711 }, AUDIENCE)],
  ['a signature that was cut', () => api.token.slice(0, -4)],
])('a token with %s opens nothing', async (_, token) => {
  await me(token()).expect(401);
});

it('a cookie that was there before a login is not the session that begins', async () => {
  const planted = 'fabomatic_refresh=planted-by-somebody';
  const answer = await server()
    .post('/api/v1/auth/login')
    .set('Cookie', planted)
    .send(api.login)
    .expect(200);
  const cookie = String(answer.headers['set-cookie']);
  expect(cookie).toMatch(/^fabomatic_refresh=ey/);
  await server().post('/api/v1/auth/refresh').set('Cookie', planted).expect(401);
});

it.each(['__proto__', 'constructor', 'prototype'])(
  '%s in a body changes no object',
  async (key) => {
    const body = `{"name":"x","${key}":{"polluted":true,"portalAccess":"admin"}}`;
    const answer = await server()
      .post('/api/v1/roles')
      .set('Authorization', `Bearer ${api.token}`)
      .set('Content-Type', 'application/json')
      .send(body);
    expect(answer.status).toBe(422);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  },
);

it.each([
  ['both lengths', 'Content-Length: 4\r\nTransfer-Encoding: chunked'],
  ['two lengths', 'Content-Length: 4\r\nContent-Length: 60'],
  ['an odd encoding', 'Transfer-Encoding: xchunked\r\nContent-Length: 4'],
  ['a space before the colon', 'Transfer-Encoding : chunked'],
])('a request with %s is refused, and what is hidden in it is not answered', async (_, headers) => {
  const socket = connect((lab.app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
  socket.write(
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`,
  );
  await once(socket, 'close');
  expect(said).toMatch(/^HTTP\/1.1 400 /);
  expect(said).not.toContain('"status":"ok"');
});
