import request from 'supertest';
import { TestLab } from '../testing/test-lab';
import { hashPassword } from './password-hash';
import { RefusalTime } from './refusal-time';

// As FabOMatic 1.0 (scrypt) and 0.0.18 (pbkdf2) stored them.
const SCRYPT =
  'scrypt:32768:8:1$SNvSEEGeaN42JvO1$eec169c90f63c57f0a2b5cc89f4252f2dcf00f1eb59ab0d35a63eda2d75544a6a859c250585f80d453b73447ab5fb8efbe815206453d37d2a3cecbe1509d7140';
const PBKDF2 =
  'pbkdf2:sha256:600000$NqoufmwzzXZTiQco$ab5bea7a25179bca6496215bcb661bdad3c50f3a65e8ef240a436b10a998864d';

describe('when a refusal is answered', () => {
  it('at the same step, however long it took', () => {
    const times = new RefusalTime();
    expect([0, 15, 100, 160, 499].map((ms) => times.dueMs(ms))).toEqual([500, 500, 500, 500, 500]);
  });

  it('never sooner than the slowest one before it, on a slow computer', () => {
    const times = new RefusalTime();
    expect([40, 1600, 40, 700].map((ms) => times.dueMs(ms))).toEqual([500, 2000, 2000, 2000]);
  });

  it('a moment in which nothing went on does not slow down all that follows', () => {
    const times = new RefusalTime();
    expect([60_100, 40].map((ms) => times.dueMs(ms))).toEqual([60_500, 5000]);
  });

  it('what succeeds waits for nothing', async () => {
    const startMs = performance.now();
    expect(await new RefusalTime().hold(() => Promise.resolve('in'))).toBe('in');
    expect(performance.now() - startMs).toBeLessThan(400);
  });
});

describe('[B6] [S13] a login that is refused', () => {
  jest.setTimeout(30_000);
  let lab: TestLab;
  beforeAll(async () => {
    lab = await TestLab.start();
    const hashes = {
      ours: await hashPassword('secret'),
      scrypt: SCRYPT,
      pbkdf2: PBKDF2,
      passwordless: null,
    };
    await lab.change(async (db) => {
      for (const [name, password_hash] of Object.entries(hashes)) {
        const names = { first_name: name, last_name: 'X', created_at: 1, role_id: 1 };
        await db.insert('members', { ...names, email: `${name}@example.org`, password_hash });
      }
    });
  });
  afterAll(() => lab.remove());

  it.each(['nobody', 'ours', 'scrypt', 'pbkdf2', 'passwordless'])(
    'takes the same time for %s as for all others: a whole step',
    async (name) => {
      const startMs = performance.now();
      await request(lab.app.getHttpServer())
        .post('/api/v1/auth/login')
        .send({ email: `${name}@example.org`, password: 'wrong' })
        .expect(401);
      // A timer may be a millisecond early.
      expect(performance.now() - startMs).toBeGreaterThan(495);
    },
  );
});
