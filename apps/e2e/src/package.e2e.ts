import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '@fabomatic/virtual-board';
import { expect, test } from '@playwright/test';

const ROOT = resolve(import.meta.dirname, '../../..');

interface Stage {
  stage(root: string, folder: string): unknown;
}

/**
 * What `npm run package` packs, with the packages of its lock and no others: links to those of the
 * clone, which Node takes for the real thing, so that a package which the lock forgot is missing.
 */
test('the package runs wherever it lies, and tells systemd how it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-installed-'));
  const [installed, home, programs] = ['lib/fabomatic', 'home', 'bin'].map((each) =>
    join(folder, each),
  ) as [string, string, string];
  const told = join(folder, 'told');
  try {
    const file = join(ROOT, 'tools/bootstrap/package/stage.mjs');
    const { stage } = (await import(pathToFileURL(file).href)) as Stage;
    stage(ROOT, installed);
    linkPackages(installed);
    mkdirSync(home);
    mkdirSync(programs);
    const notify = join(programs, 'systemd-notify');
    writeFileSync(notify, `#!/bin/sh\necho "$*" >> ${told}\n`);
    chmodSync(notify, 0o755);

    const port = String(await freePort());
    const environment = {
      PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
      NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main',
      FABOMATIC_WEB_PORT: port,
      FABOMATIC_MQTT_PORT: String(await freePort()),
      NOTIFY_SOCKET: join(folder, 'notify'),
      WATCHDOG_USEC: '300000',
    };
    const product = spawn(join(installed, 'dist/bin/fabomatic.mjs'), ['start'], {
      cwd: home,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(product, 'exit');
    await expect(() => expect(readFileSync(told, 'utf8')).toContain('WATCHDOG=1')).toPass();
    expect(readFileSync(told, 'utf8')).toMatch(/^READY=1 STATUS=Serving\n/);

    const health = spawn(process.execPath, [join(installed, 'dist/bin/health.mjs')], {
      env: { FABOMATIC_WEB_PORT: port },
    });
    expect(await once(health, 'exit')).toEqual([0, null]);
    const page = await fetchInsecurely(`https://localhost:${port}/`);
    expect(page).toContain('<title>');

    product.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(readFileSync(told, 'utf8')).toMatch(/STOPPING=1\n$/);
    // Beside whoever called it; its own folder is npm's.
    expect(existsSync(join(home, 'data/fabomatic.db'))).toBe(true);
    expect(existsSync(join(installed, 'data'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function linkPackages(installed: string): void {
  const lock = JSON.parse(readFileSync(join(installed, 'npm-shrinkwrap.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const isOfTheTop = (path: string) => path.lastIndexOf('node_modules/') === 0;
  for (const path of Object.keys(lock.packages).filter(isOfTheTop)) {
    // Those for other systems are not installed here.
    if (!existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(installed, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(installed, path));
  }
}

async function fetchInsecurely(url: string): Promise<string> {
  const { request } = await import('@playwright/test');
  const context = await request.newContext({ ignoreHTTPSErrors: true });
  try {
    return await (await context.get(url)).text();
  } finally {
    await context.dispose();
  }
}
