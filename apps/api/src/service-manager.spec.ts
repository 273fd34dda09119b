import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppLogger } from './logging/app-logger';
import { ServiceManager } from './service-manager';
import { serviceVariables } from './settings/load-settings';

const WATCHDOG_MS = 90;
const error = jest.fn<void, [string, unknown?]>();
const logger = { error } as unknown as AppLogger;
let folder: string;
let manager: ServiceManager | undefined;

beforeEach(() => {
  error.mockClear();
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-service-'));
  // Stands in for systemd's own: notes what it was told.
  script('#!/bin/sh\necho "$*" >> "$0.told"\n');
});

afterEach(async () => {
  await manager?.stopping();
  manager = undefined;
  rmSync(folder, { recursive: true });
});

function script(text: string): void {
  writeFileSync(join(folder, 'systemd-notify'), text);
  chmodSync(join(folder, 'systemd-notify'), 0o755);
}

function told(): string[] {
  try {
    return readFileSync(join(folder, 'systemd-notify.told'), 'utf8').trim().split('\n');
  } catch {
    // Nothing was told yet.
    return [];
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 200) throw new Error(`systemd was told ${told().join(', ')}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

const signs = () => told().filter((line) => line === 'WATCHDOG=1').length;
const program = () => join(folder, 'systemd-notify');
const underSystemd = () =>
  new ServiceManager(
    { notifySocket: '/run/systemd/notify', watchdogMs: WATCHDOG_MS },
    logger,
    program(),
  );

describe('what systemd is told', () => {
  it('the program serves, is alive again and again, and ends', async () => {
    manager = underSystemd();
    await manager.ready(() => Promise.resolve(true));
    expect(told()).toEqual(['READY=1 STATUS=Serving']);
    await until(() => signs() >= 3);
    await manager.stopping();
    expect(told().at(-1)).toBe('STOPPING=1');
    expect(error).not.toHaveBeenCalled();
  });

  it('nothing while the database does not answer, which the log says once, and again when it does', async () => {
    let [isAlive, asked] = [false, 0];
    manager = underSystemd();
    await manager.ready(() => {
      asked++;
      return Promise.resolve(isAlive);
    });
    await until(() => asked >= 3);
    expect(signs()).toBe(0);
    expect(error).toHaveBeenCalledTimes(1);
    isAlive = true;
    await until(() => signs() >= 1);
  });

  it('nothing while the answer does not come', async () => {
    let asked = 0;
    manager = underSystemd();
    await manager.ready(() => {
      asked++;
      return new Promise(() => undefined);
    });
    await new Promise((done) => setTimeout(done, 3 * WATCHDOG_MS));
    expect([asked, signs()]).toEqual([1, 0]);
  });

  it('the log says that systemd could not be told, and the program goes on', async () => {
    script('#!/bin/sh\nexit 1\n');
    manager = underSystemd();
    await manager.ready(() => Promise.resolve(true));
    expect(error.mock.calls[0]?.[0]).toBe(
      'systemd could not be told READY=1 STATUS=Serving (systemd-notify failed).',
    );
  });

  it('nothing at all when somebody else started the program', async () => {
    manager = new ServiceManager(serviceVariables({}), logger, program());
    await manager.ready(() => Promise.resolve(true));
    await manager.stopping();
    expect(told()).toEqual([]);
  });
});

it('reads what systemd hands over, and leaves the signs of another process to that one', () => {
  const given = { NOTIFY_SOCKET: '@notify', WATCHDOG_USEC: '60000000' };
  expect(serviceVariables(given)).toEqual({ notifySocket: '@notify', watchdogMs: 60_000 });
  expect(serviceVariables({ ...given, WATCHDOG_PID: String(process.pid) }).watchdogMs).toBe(60_000);
  expect(serviceVariables({ ...given, WATCHDOG_PID: '1' }).watchdogMs).toBeNull();
  expect(serviceVariables({})).toEqual({ notifySocket: null, watchdogMs: null });
});
