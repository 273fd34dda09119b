import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Body, Controller, Get, Logger, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AppError } from '@fabomatic/kernel';
import request from 'supertest';
import { z } from 'zod';
import { setUpHttp } from './http-setup';
import { HttpModule } from './http.module';

const Thing = z.strictObject({
  name: z.string().min(2).max(5),
  size: z.object({ width: z.number() }),
  uid: z.string().regex(/^x/, 'member.card_uid_invalid').optional(),
});

@Controller('things')
class ThingsController {
  @Post()
  create(@Body({ schema: Thing }) body: z.infer<typeof Thing>): unknown {
    return body;
  }

  @Get('missing')
  missing(): never {
    throw new AppError('request.not_found', { id: 7 });
  }

  @Get('broken')
  broken(): never {
    throw new Error('secret detail');
  }

  @Get('unlisted')
  unlisted(): never {
    throw new AppError('no.such_code', { detail: 'secret' });
  }
}

let app: NestExpressApplication;
let folder: string;
const logged: unknown[] = [];

async function start(isTls: boolean): Promise<void> {
  const testing = await Test.createTestingModule({
    imports: [HttpModule.register('1.2.3')],
    controllers: [ThingsController],
  }).compile();
  app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false });
  setUpHttp(app, { isTls, version: '1.2.3', trustProxy: 'loopback', webAppFolder: folder });
  await app.init();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-web-'));
  logged.length = 0;
  jest
    .spyOn(Logger.prototype, 'error')
    .mockImplementation((message: unknown) => void logged.push(message));
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

const things = (body: string) =>
  request(app.getHttpServer())
    .post('/api/v1/things')
    .set('Content-Type', 'application/json')
    .send(body);

describe('errors', () => {
  beforeEach(() => start(false));

  it.each<[path: string, status: number, body: object]>([
    ['/api/v1/things/missing', 404, { code: 'request.not_found', params: { id: 7 } }],
    ['/api/v1/things/broken', 500, { code: 'internal', params: {} }],
    ['/api/v1/things/unlisted', 500, { code: 'internal', params: {} }],
    ['/api/v1/nothing', 404, { code: 'request.not_found', params: {} }],
    ['/api/nothing', 404, { code: 'request.not_found', params: {} }],
    ['/api', 404, { code: 'request.not_found', params: {} }],
  ])('[S1] %s -> %d', async (path, status, body) => {
    const answer = await request(app.getHttpServer()).get(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ ...body, correlationId: expect.any(String) });
    expect(logged).toHaveLength(status === 500 ? 1 : 0);
    if (status === 500) {
      expect(logged[0]).toMatchObject({ correlationId: answer.body.correlationId });
    }
  });

  it.each<[body: string, status: number, code: string]>([
    ['{"name":', 400, 'request.malformed'],
    [JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'request.too_large'],
    ['{"name":"abc","size":{"width":1}}', 201, ''],
  ])('a body %.20s -> %d', async (body, status, code) => {
    const answer = await things(body);
    expect(answer.status).toBe(status);
    if (code) expect(answer.body.code).toBe(code);
    expect(logged).toEqual([]);
  });

  it('names each field that does not pass', async () => {
    const answer = await things('{"name":"a","size":{},"uid":"y","extra":1}');
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'request.invalid',
      fields: {
        name: 'field.too_small',
        'size.width': 'field.required',
        uid: 'member.card_uid_invalid',
        extra: 'field.unknown',
      },
    });
  });

  it('a request without a body is invalid, not a defect', async () => {
    const answer = await request(app.getHttpServer()).post('/api/v1/things');
    expect(answer.status).toBe(422);
  });

  it('a POST to nowhere is JSON', async () => {
    const answer = await request(app.getHttpServer()).post('/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('request.not_found');
  });
});

describe('health', () => {
  it('tells version and time since the start', async () => {
    await start(false);
    const answer = await request(app.getHttpServer()).get('/healthz');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: 'ok', version: '1.2.3', uptimeS: expect.any(Number) });
  });
});

describe('a body that does not come', () => {
  it('ends its connection after 15 s, however slowly it goes on', async () => {
    await start(false);
    const server = app.getHttpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // Only the program's own timers: the sockets are real.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const arrived = once(server, 'request');
    socket.write('POST /api/v1/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    socket.write('Content-Length: 99\r\n\r\n{');
    await arrived;
    await jest.advanceTimersByTimeAsync(14_000);
    socket.write(' ');
    await new Promise((resolve) => setImmediate(resolve));
    expect(socket.closed).toBe(false);
    const closed = once(socket, 'close');
    await jest.advanceTimersByTimeAsync(2000);
    jest.useRealTimers();
    await closed;
  });
});

describe('headers', () => {
  it('[B11] [S5] have a policy without inline scripts, and HSTS on TLS only', async () => {
    await start(false);
    const plain = await request(app.getHttpServer()).get('/healthz');
    expect(plain.headers['content-security-policy']).toContain("script-src 'self';");
    expect(plain.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(plain.headers).not.toHaveProperty('strict-transport-security');
    expect(plain.headers).not.toHaveProperty('x-powered-by');
    expect(plain.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(plain.headers['content-security-policy']).toContain("script-src-attr 'none'");
    expect(plain.headers['x-frame-options']).toBe('DENY');
    expect(plain.headers['x-content-type-options']).toBe('nosniff');
    await app.close();
    await start(true);
    const tls = await request(app.getHttpServer()).get('/healthz');
    expect(tls.headers['strict-transport-security']).toContain('max-age=15552000');
  });
});

describe('web app', () => {
  it('says so when it is not built', async () => {
    await start(false);
    const answer = await request(app.getHttpServer()).get('/');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('not built');
  });

  it('serves files, compressed where they are, and the page for any other address', async () => {
    writeFileSync(join(folder, 'index.html'), '<title>FabOMatic</title>');
    writeFileSync(join(folder, 'main-ABCDEF12.js'), 'plain');
    writeFileSync(join(folder, 'main-ABCDEF12.js.gz'), 'packed');
    await start(false);
    const server = app.getHttpServer();
    const page = await request(server).get('/machines/7');
    expect(page.text).toContain('FabOMatic');
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = await request(server)
      .get('/main-ABCDEF12.js')
      .set('Accept-Encoding', 'identity');
    expect(script.headers['cache-control']).toContain('immutable');
    const packed = await request(server).head('/main-ABCDEF12.js').set('Accept-Encoding', 'gzip');
    expect(packed.headers['content-encoding']).toBe('gzip');
    const missing = await request(server).get('/main-OLDHASH1.js');
    expect(missing.status).toBe(404);
    expect((await request(server).get('/api/v1/nothing')).status).toBe(404);
  });

  it.each([
    '/../NAME',
    '/x/../../NAME',
    '/..%2fNAME',
    '/%2e%2e/NAME',
    '/%2e%2e%2fNAME',
    '/..%5cNAME',
    '/..%252fNAME',
    '//../NAME',
    '/x%00/../../NAME',
    '/.env',
    '/%2eenv',
  ])('gives no file that is not a page’s: %s', async (path) => {
    const name = `${basename(folder)}-secret.txt`;
    const beside = join(folder, '..', name);
    writeFileSync(beside, 'TOP SECRET');
    writeFileSync(join(folder, '.env'), 'TOP SECRET');
    writeFileSync(join(folder, 'index.html'), '<title>FabOMatic</title>');
    try {
      await start(false);
      const server = app.getHttpServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      // As it is written: supertest would tidy it up.
      const { status, text } = await rawGet(
        (server.address() as AddressInfo).port,
        path.replace('NAME', name),
      );
      expect(text).not.toContain('TOP SECRET');
      if (status === 200) expect(text).toBe('<title>FabOMatic</title>');
      else expect([400, 404]).toContain(status);
    } finally {
      rmSync(beside);
    }
  });
});

function rawGet(port: number, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    // A connection that is kept would hold up the end of the server.
    const options = { port, host: '127.0.0.1', path, agent: false };
    const asked = httpRequest(options, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });
}
