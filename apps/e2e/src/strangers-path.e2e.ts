import { expect, type Page, test } from '@playwright/test';
import { Product } from './product';

const PASSWORD = 'correct horse battery';
const CARD = 'f00dcafe';
const TWO_HOURS_S = 7200;

const tile = (page: Page) => page.locator('[data-machine-id="1"]').first();
const step = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const isDone = (page: Page, name: string) => expect(step(page, name)).toHaveClass(/done/);

/**
 * Issue 3: somebody who has never seen the product, without a manual, by what the pages offer.
 * Only the board and a role are made from outside.
 */
test('a stranger’s path: from the first login to the export', async ({ page }) => {
  const product = await Product.start();
  try {
    await page.goto(product.url);
    await page.getByLabel('Email').fill('admin@fablab.org');
    await page.getByLabel('Password', { exact: true }).fill('admin');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByLabel('Current password', { exact: true }).fill('admin');
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password, once more', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Save and go on' }).click();

    // First machine
    await expect(page.getByRole('heading', { name: 'Set up FabLab' })).toBeVisible();
    await isDone(page, 'Password changed');
    await page.getByRole('link', { name: 'Open MACHINE1' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Laser 1');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Laser 1' })).toBeVisible();
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await isDone(page, 'First machine');

    // A board connects, and a card that nobody knows is tapped
    const board = await product.connectBoard();
    await board.ask(1, { action: 'checkmachine' });
    await isDone(page, 'Connect a board');
    expect(await board.ask(1, { action: 'checkuser', uid: CARD })).toMatchObject({
      is_valid: false,
    });
    await isDone(page, 'Tap a card');

    // A member with this card, of a role whose members need an authorisation
    const { accessToken } = await product.api<{ accessToken: string }>('auth/login', undefined, {
      email: 'admin@fablab.org',
      password: PASSWORD,
    });
    await product.api('roles', accessToken, { name: 'Guests' });
    await page.getByRole('link', { name: 'New member with this card' }).click();
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Lovelace');
    await page.getByLabel('Role').selectOption({ label: 'Guests' });
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Ada Lovelace' })).toBeVisible();
    expect(await board.ask(1, { action: 'checkuser', uid: CARD })).toMatchObject({
      is_valid: false,
    });

    // Authorise: the refusal on the dashboard leads there
    await page.getByRole('link', { name: 'Access', exact: true }).first().click();
    await page
      .getByRole('row', { name: /Ada Lovelace/ })
      .getByRole('checkbox')
      .first()
      .click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => board.ask(1, { action: 'checkuser', uid: CARD }))
      .toMatchObject({ is_valid: true });

    // Use
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await isDone(page, 'Give access');
    await board.ask(1, { action: 'startuse', uid: CARD });
    await expect(tile(page)).toHaveAttribute('data-status', 'in-use', { timeout: 2000 });
    await expect(tile(page)).toContainText('Ada Lovelace');
    await board.ask(1, { action: 'stopuse', uid: CARD, duration: TWO_HOURS_S });

    // Maintenance falls due, is recorded, and the machine is free
    await page.getByRole('link', { name: 'Maintenance', exact: true }).click();
    await page.getByRole('link', { name: 'New plan' }).first().click();
    // The list behind has a filter of that name.
    await expect(page.getByRole('heading', { name: 'New plan' })).toBeVisible();
    await page.getByRole('button', { name: /^Machine/ }).click();
    await page.getByRole('option', { name: /Laser 1/ }).click();
    await page.getByLabel('What is to be done').fill('Clean the lens');
    await page.getByLabel('After so many hours of use').fill('1');
    await page.getByLabel('On the board’s display').fill('Clean the lens');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page).not.toHaveURL(/\/new/);
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await expect(tile(page)).toHaveAttribute('data-status', 'maintenance');
    await page.getByRole('link', { name: 'Maintenance', exact: true }).click();
    await page.getByText('Clean the lens').first().click();
    await page.getByRole('button', { name: 'Record' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await expect(tile(page)).toHaveAttribute('data-status', 'free');

    // Export
    await page.getByRole('link', { name: 'History' }).first().click();
    await expect(page.getByRole('row', { name: /Ada Lovelace/ })).toContainText('2 h 00 min');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    await board.end();
  } finally {
    await product.remove();
  }
});
