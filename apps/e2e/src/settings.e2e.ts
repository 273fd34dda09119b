import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Product } from './product';

const FILE = `# What our lab has decided
[lab]
name = "Lago" # by the lake
`;
const PASSWORD = 'a long enough password';

test('[60] [61] the name of the lab is changed in the portal and the file keeps its comments', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-settings-'));
  const file = join(folder, 'settings.toml');
  writeFileSync(file, FILE);
  const product = await Product.start({ FABOMATIC_SETTINGS: file });
  try {
    await product.firstLogin(PASSWORD);
    await page.goto(product.url);
    await page.getByLabel('Email', { exact: true }).fill('admin@fablab.org');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();

    await page.goto(`${product.url}/system/settings?key=lab.name`);
    const name = page.getByLabel('Name of the lab');
    await expect(name).toBeFocused();
    await expect(name).toHaveValue('Lago');

    await name.fill('Lago di Como');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('A restart is needed')).toBeVisible();
    expect(readFileSync(file, 'utf8')).toBe(FILE.replace('"Lago"', '"Lago di Como"'));
    const copies = readdirSync(folder).filter((each) => each.endsWith('.bak'));
    expect(copies.map((each) => readFileSync(join(folder, each), 'utf8'))).toEqual([FILE]);

    await product.end();
    await product.run();
    await page.goto(`${product.url}/system/settings`);
    await expect(page.getByText('Lago di Como').first()).toBeVisible();
    await expect(page.getByText('A restart is needed')).toHaveCount(0);
  } finally {
    await product.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
