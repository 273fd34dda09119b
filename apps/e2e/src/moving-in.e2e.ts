import { resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { Product } from './product';

const PASSWORD = 'correct horse battery';
const SAMPLES = resolve(import.meta.dirname, '../../api/fixtures');

async function logInFirst(page: Page, product: Product): Promise<void> {
  await page.goto(product.url);
  await page.getByLabel('Email').fill('admin@fablab.org');
  await page.getByLabel('Password', { exact: true }).fill('admin');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Current password', { exact: true }).fill('admin');
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('New password, once more', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByRole('heading', { name: 'Set up FabLab' })).toBeVisible();
}

const table = (text: string) => ({
  name: 'members.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

test('[62] a lab moves in through the portal, and members come in from a table', async ({
  page,
}) => {
  const product = await Product.start();
  try {
    await logInFirst(page, product);

    // A file that is no database is refused, and a sample of the original is tried out
    await page.goto(`${product.url}/system/import`);
    const file = page.getByLabel('Database file');
    await file.setInputFiles({
      name: 'holiday.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('JFIF'),
    });
    await expect(page.getByRole('alert')).toContainText('holiday.jpg is no SQLite database');
    await file.setInputFiles(`${SAMPLES}/fabomatic-0.1.7.db`);
    await page.getByLabel('Keep what was stored twice once').check();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await expect(page.getByRole('heading', { name: 'What the import will do' })).toBeVisible();
    const uses = page.getByRole('row', { name: /^Uses/ });
    await expect(uses).toContainText('21,989');

    // What was tried out is what is imported: another choice asks for another trial
    const importNow = page.getByRole('button', { name: 'Import now' });
    await page.getByLabel('Keep what was stored twice once').uncheck();
    await expect(importNow).toBeDisabled();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await importNow.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import now' }).click();
    await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible();
    await expect(page.getByRole('row', { name: /^Members/ })).toContainText('112');

    // Whoever imported is still there, and so are the members
    await page.getByRole('link', { name: 'Look at the members' }).click();
    await expect(page.getByRole('heading', { name: /^Members/ })).toBeVisible();
    await page.getByRole('link', { name: 'Import', exact: true }).click();

    // A table with an error, mended, imported
    const choice = page.getByLabel('Table', { exact: true });
    await choice.setInputFiles(table('Name;E-Mail;Karte\nGrace Hopper;grace@;9ace0001\n'));
    await expect(page.getByRole('row', { name: /This is no email address/ })).toContainText('2');
    await expect(page.getByRole('row', { name: /needs a role/ })).toContainText('2');
    await page.getByLabel('Role of new members').selectOption({ index: 1 });
    await choice.setInputFiles(
      table('Name;E-Mail;Karte\nGrace Hopper;grace@example.org;9ace0001\n'),
    );
    await expect(
      page.getByText('1 new, 0 changed, 0 left as they are, 0 not right.'),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Import now' }).click();
    await expect(page.getByText('1 new members, 0 changed')).toBeVisible();
    await page.getByRole('link', { name: 'Look at the members' }).click();
    await page.getByPlaceholder('Name, card, email').fill('hopper');
    await expect(page.getByRole('link', { name: 'Grace Hopper' })).toBeVisible();
  } finally {
    await product.remove();
  }
});
