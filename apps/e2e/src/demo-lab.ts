import { expect, type Page } from '@playwright/test';
import { Product } from './product';

/** The login of the demo lab, as its banner says it. */
const LOGIN = { email: 'demo@fablab.org', password: 'fabomatic-demo' };

/** Where the ids of a page's address come from: the first of each list. */
const LISTS = {
  type: 'machine-types',
  plan: 'maintenance-plans',
  intervention: 'interventions',
  role: 'roles',
  use: 'uses',
  entry: 'audit',
} as const;

type Word = keyof typeof LISTS | 'machine' | 'member';

/** The product with its demo lab: what the manual shows and what every page is tried with. */
export class DemoLab {
  private constructor(
    readonly product: Product,
    private readonly token: string,
    private readonly ids: Readonly<Record<Word, number>>,
  ) {}

  /** `more`: settings besides those of the demo lab. */
  static async start(more: Readonly<Record<string, string>> = {}): Promise<DemoLab> {
    const settings = {
      // With a certificate of its own Chromium would fetch all files again for each page.
      FABOMATIC_WEB_TLS: 'off',
      FABOMATIC_LAB_NAME: 'FabLab Lago',
      FABOMATIC_PUBLIC_STATUS_PAGE: 'true',
      FABOMATIC_PUBLIC_TV: 'true',
      FABOMATIC_PUBLIC_NAMES: 'short',
      FABOMATIC_PUBLIC_REASONS: 'true',
      ...more,
    };
    const product = await Product.start(settings, ['--demo']);
    const login = await product.api<{ accessToken: string }>('auth/login', undefined, LOGIN);
    const get = <T>(path: string) => product.api<T>(path, login.accessToken);
    type Found = Record<'machines' | 'members', { id: number }[]>;
    const idOf = async (list: keyof Found, q: string) =>
      (await get<Found>(`search?q=${q}`))[list][0]?.id ?? 1;
    const ids: Partial<Record<Word, number>> = {
      machine: await idOf('machines', 'Laser'),
      member: await idOf('members', 'Aiko'),
    };
    for (const [word, path] of Object.entries(LISTS)) {
      const { items } = await get<{ items: { id: number }[] }>(`${path}?pageSize=1`);
      ids[word as Word] = items[0]?.id ?? 1;
    }
    return new DemoLab(product, login.accessToken, ids as Record<Word, number>);
  }

  /** An answer of the REST API, as the demo's administrator. */
  get<T>(path: string): Promise<T> {
    return this.product.api<T>(path, this.token);
  }

  async logIn(page: Page): Promise<void> {
    await page.goto(`${this.product.url}/login`);
    await page.locator('input[type="email"]').fill(LOGIN.email);
    await page.locator('input[type="password"]').fill(LOGIN.password);
    await page.keyboard.press('Enter');
    await page.locator('[data-machine-id]').first().waitFor();
  }

  /** Opens a page, `:machine` and the like replaced, and waits until it shows what it has. */
  async open(page: Page, path: string): Promise<void> {
    const address = path.replace(/:([a-z]+)/g, (_, word: Word) => String(this.ids[word]));
    await page.goto(`${this.product.url}/${address}`);
    // Before its first heading a page has nothing that could be looked at.
    await expect(page.locator('h1').first()).toHaveText(/\S/);
    await page.evaluate(() => document.fonts.ready);
    await expect(page.locator('.ghost, [aria-busy="true"]')).toHaveCount(0);
  }
}
