import { expect, type Page, test } from '@playwright/test';
import { Product } from './product';

const PASSWORD = 'correct horse battery';
const DAY_MS = 86_400_000;

async function logIn(page: Page, product: Product): Promise<void> {
  await page.goto(product.url);
  await page.getByLabel('Email').fill('admin@fablab.org');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('link', { name: 'System' })).toBeVisible();
}

const openTab = async (page: Page, tab: string) => {
  await page.getByRole('link', { name: 'System', exact: true }).click();
  await page.getByRole('link', { name: tab, exact: true }).click();
};

test('[57] back up, change a member, restore: the member is back as before', async ({ page }) => {
  const product = await Product.start({ FABOMATIC_SYSTEM_RESTART: 'true' });
  try {
    const token = await product.firstLogin(PASSWORD);
    const role = await product.api<{ id: number }>('roles', token, { name: 'Guests' });
    const { id } = await product.api<{ id: number }>('members', token, {
      firstName: 'Ada',
      lastName: 'Lovelace',
      roleId: role.id,
    });
    await logIn(page, product);
    await openTab(page, 'Backups');
    await page.getByRole('button', { name: 'Back up now' }).click();
    const made = page.getByRole('row', { name: /by hand/ });
    await expect(made).toContainText('sound');

    await page.goto(`${product.url}/members/${id}/edit`);
    await page.getByLabel('Last name').fill('Byron');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Ada Byron' })).toBeVisible();

    await openTab(page, 'Backups');
    await made.getByRole('button', { name: 'More for this row' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await expect(page.getByRole('dialog')).toContainText('Members (today 3)3');
    const restarted = product.startAgainWhenEnded();
    await page.getByRole('button', { name: 'Restore and restart' }).click();
    await expect(page.getByText('Restoring. This page comes back by itself.')).toBeVisible();
    expect(await restarted).toBe(0);

    await expect(page.getByText(/^The backup of .* was restored/)).toBeVisible();
    await expect(page.getByRole('row', { name: /before a restore/ })).toContainText('sound');
    await page.getByRole('link', { name: 'Members', exact: true }).first().click();
    await expect(page.getByRole('row', { name: /Lovelace/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /Byron/ })).toHaveCount(0);
  } finally {
    await product.remove();
  }
});

test('[64] a dry run of the purge says what it would do and changes nothing', async ({ page }) => {
  const product = await Product.start();
  try {
    const token = await product.firstLogin(PASSWORD);
    const at = (hours: number) => new Date(Date.now() - 400 * DAY_MS + hours * 3_600_000);
    const { id } = await product.api<{ id: number }>('uses', token, {
      machineId: 1,
      memberId: 1,
      startedAt: at(0).toISOString(),
      endedAt: at(1).toISOString(),
    });
    const memberOfUse = async () =>
      (await product.api<{ memberId: number | null }>(`uses/${id}`, token)).memberId;
    await logIn(page, product);
    await openTab(page, 'Jobs');
    const purge = page.getByRole('listitem').filter({ hasText: 'Forgetting old personal data' });
    await purge.getByRole('button', { name: 'Dry run' }).click();
    await expect(
      page.getByText('It would do this: uses without their member: 1').first(),
    ).toBeVisible();
    expect(await memberOfUse()).toBe(1);

    await purge.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
    await expect(purge).toContainText('Done. uses without their member: 1');
    expect(await memberOfUse()).toBeNull();
    await purge.getByRole('link', { name: 'Earlier runs' }).click();
    await expect(page.getByRole('row', { name: /Nothing has been changed/ })).toBeVisible();
  } finally {
    await product.remove();
  }
});
