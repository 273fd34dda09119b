import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { freePort } from '@fabomatic/virtual-board';
import { expect, test } from '@playwright/test';
import { Product } from './product';

const PASSWORD = 'correct horse battery';
/** Debian puts it where only root's PATH looks. */
const MOSQUITTO =
  ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync) ?? 'mosquitto';

async function endOf(broker: ChildProcess): Promise<void> {
  broker.kill('SIGKILL');
  await once(broker, 'exit');
}

test('[10] every page says that the broker is away, and that it is back', async ({ page }) => {
  const port = await freePort();
  const start = () => spawn(MOSQUITTO, ['-p', String(port)], { stdio: 'ignore' });
  let broker = start();
  const product = await Product.start({
    FABOMATIC_MQTT_BROKER: '127.0.0.1',
    FABOMATIC_MQTT_PORT: String(port),
  });
  try {
    await product.firstLogin(PASSWORD);
    await page.goto(`${product.url}/members`);
    await page.getByLabel('Email').fill('admin@fablab.org');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    const state = page.getByRole('banner').locator('fab-connection-state');
    await expect(state).toHaveText('Live', { timeout: 15_000 });
    await endOf(broker);
    await expect(state).toContainText('Boards cut off at', { timeout: 15_000 });
    broker = start();
    await expect(state).toHaveText('Live', { timeout: 30_000 });
  } finally {
    await endOf(broker);
    await product.remove();
  }
});
