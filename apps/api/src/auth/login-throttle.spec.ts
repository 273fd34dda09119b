import { AppError } from '@fabomatic/kernel';
import { LoginThrottle } from './login-throttle.service';

let nowS = 1000;
let throttle: LoginThrottle;
const wrong = () => Promise.reject(new AppError('auth.bad_credentials'));
const right = () => Promise.resolve('in');
const guess = (account: string, address: string) =>
  throttle.attempt(account, address, wrong).catch((error: AppError) => error.code);
const SLOW = 'auth.too_many_attempts';

beforeEach(() => {
  nowS = 1000;
  throttle = new LoginThrottle({ nowS: () => nowS });
});

describe('[B6] [S12] guessing', () => {
  it('five at one account from one address are free, then the wait doubles up to five minutes', async () => {
    const waits: number[] = [];
    for (let n = 0; n < 16; n++) {
      const error = await throttle.attempt('Ann', '1', wrong).catch((e: AppError) => e);
      if (error instanceof AppError && error.code === SLOW) {
        waits.push(Number(error.params['seconds']));
        nowS += waits.at(-1) ?? 0;
      }
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
    nowS += 10_000;
    expect(await throttle.attempt('ann', '1', right)).toBe('in');
  });

  it('at one account from many addresses is slow for strangers, not for where the member is', async () => {
    await throttle.attempt('ann', 'home', right);
    for (let n = 0; n < 30; n++) await guess('ann', `bot ${n}`);
    expect(await guess('ann', 'another bot')).toBe(SLOW);
    expect(await throttle.attempt('ann', 'home', right)).toBe('in');
    expect(await throttle.attempt('bob', 'office', right)).toBe('in');
  });

  it('at many accounts from one address is slow, and does not lock out the lab behind it', async () => {
    await throttle.attempt('ann', 'lab', right);
    for (let n = 0; n < 60; n++) await guess(`member ${n}`, 'lab');
    expect(await guess('bob', 'lab')).toBe(SLOW);
    expect(await throttle.attempt('ann', 'lab', right)).toBe('in');
    nowS += 61;
    expect(await throttle.attempt('bob', 'lab', right)).toBe('in');
  });

  it('whoever can log in does not end the waiting that their guesses at others earned', async () => {
    await throttle.attempt('mallory', 'lab', right);
    for (let n = 0; n < 60; n++) await guess(`member ${n}`, 'lab');
    expect(await guess('member 60', 'lab')).toBe(SLOW);
    expect(await throttle.attempt('mallory', 'lab', right)).toBe('in');
    expect(await guess('member 60', 'lab')).toBe(SLOW);
  });

  it('at many accounts from many addresses of one IPv6 network is slow, and another network is not', async () => {
    for (let n = 0; n < 60; n++) await guess(`member ${n}`, `2001:db8:1:2:${n.toString(16)}::7`);
    expect(await guess('bob', '2001:db8:1:2::1')).toBe(SLOW);
    expect(await throttle.attempt('bob', '2001:db8:1:3::1', right)).toBe('in');
  });

  it('from an IPv4 address counts, however it is written', async () => {
    for (let n = 0; n < 5; n++) await guess('ann', '192.0.2.1');
    expect(await guess('ann', '::ffff:192.0.2.1')).toBe(SLOW);
    expect(await throttle.attempt('ann', '::ffff:192.0.2.2', right)).toBe('in');
  });

  it('side by side does not slip through', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, () => guess('ann', '1')));
    expect(codes.filter((code) => code === SLOW)).toHaveLength(5);
  });

  it('what is refused for another reason is no guess', async () => {
    const weak = () =>
      Promise.reject(new AppError('request.invalid', {}, { newPassword: 'auth.password_common' }));
    for (let n = 0; n < 20; n++) {
      await expect(throttle.attempt('ann', '1', weak)).rejects.toMatchObject({
        code: 'request.invalid',
      });
    }
  });

  it('what anybody may ask for may not be asked for all the time', () => {
    for (let n = 0; n < 20; n++) throttle.spend('1');
    expect(() => throttle.spend('1')).toThrow(AppError);
    expect(() => throttle.spend('2')).not.toThrow();
    for (let n = 0; n < 20; n++) throttle.spend(`2001:db8::${n}`);
    expect(() => throttle.spend('2001:db8::ffff')).toThrow(AppError);
    nowS += 3601;
    expect(() => throttle.spend('1')).not.toThrow();
  });
});
