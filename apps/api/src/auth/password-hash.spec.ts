import { hashPassword, verifyPassword } from './password-hash';

// The password of both is "admin": FabOMatic 1.0 (scrypt) and 0.0.18 (pbkdf2) stored them so.
const SCRYPT =
  'scrypt:32768:8:1$SNvSEEGeaN42JvO1$eec169c90f63c57f0a2b5cc89f4252f2dcf00f1eb59ab0d35a63eda2d75544a6a859c250585f80d453b73447ab5fb8efbe815206453d37d2a3cecbe1509d7140';
const PBKDF2 =
  'pbkdf2:sha256:600000$NqoufmwzzXZTiQco$ab5bea7a25179bca6496215bcb661bdad3c50f3a65e8ef240a436b10a998864d';

describe('password hashes', () => {
  it.each([
    ['scrypt', SCRYPT],
    ['pbkdf2', PBKDF2],
  ])("accepts FabOMatic's %s and asks for a new hash", async (_, hash) => {
    expect(await verifyPassword(hash, 'admin')).toEqual({ ok: true, needsRehash: true });
    expect(await verifyPassword(hash, 'Admin')).toEqual({ ok: false, needsRehash: false });
  });

  it('accepts its own, which is different each time', async () => {
    const hash = await hashPassword('secret');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashPassword('secret')).not.toBe(hash);
    expect(await verifyPassword(hash, 'secret')).toEqual({ ok: true, needsRehash: false });
    expect(await verifyPassword(hash, 'Secret')).toEqual({ ok: false, needsRehash: false });
  });

  it.each([
    '',
    'admin',
    'plain$salt$00',
    '$argon2id$v=19$m=19456,t=2,p=1$cut',
    'scrypt:32767:8:1$salt$00',
    'scrypt:8388608:8:1$salt$00',
    'scrypt:32768:8$salt$00',
    'pbkdf2:md5:1000$salt$00',
    'pbkdf2:sha256:x$salt$00',
    'pbkdf2:sha256:1000$salt$',
    'pbkdf2:sha256:1000$salt$0',
  ])('takes what it cannot read (%p) for a wrong password', async (hash) => {
    expect(await verifyPassword(hash, 'admin')).toEqual({ ok: false, needsRehash: false });
  });
});
