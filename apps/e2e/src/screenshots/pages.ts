import type { Page } from '@playwright/test';

/** A page of the portal as the manual shows it. */
export interface Picture {
  /** Beginning of the file's name. */
  readonly name: string;
  /** `:machine` and `:member` stand for one of the demo lab. */
  readonly path: string;
  /** Open to whoever is not logged in. */
  readonly isPublic?: boolean;
  /** What is done on the page before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Another size than a phone's and a desk's: width and height. */
  readonly sizes?: readonly (readonly [number, number])[];
}

export const PHONE = [360, 800] as const;
export const DESK = [1440, 900] as const;

/** Every page, in the order of the manual. A new page is one line here. */
export const PICTURES: readonly Picture[] = [
  { name: 'login', path: 'login', isPublic: true },
  { name: 'password', path: 'password' },
  { name: 'first-run', path: 'first-run' },
  { name: 'dashboard', path: '' },
  {
    name: 'search',
    path: 'search',
    prepare: async (page) => {
      await page.getByRole('combobox').locator('visible=true').last().fill('la');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'machines', path: 'machines' },
  { name: 'machine', path: 'machines/:machine' },
  { name: 'machine-form', path: 'machines/:machine/edit' },
  { name: 'machine-types', path: 'machine-types' },
  { name: 'machine-type-form', path: 'machine-types/new' },
  { name: 'boards', path: 'boards' },
  { name: 'board-accounts', path: 'boards/accounts' },
  { name: 'board-account-form', path: 'boards/accounts/new' },
  { name: 'firmware', path: 'firmware' },
  { name: 'maintenance', path: 'maintenance' },
  { name: 'plan-form', path: 'maintenance/new' },
  { name: 'interventions', path: 'interventions' },
  { name: 'intervention-form', path: 'interventions/new' },
  { name: 'members', path: 'members' },
  { name: 'member', path: 'members/:member' },
  { name: 'member-form', path: 'members/new?card=0badf00d' },
  { name: 'member-import', path: 'members/import' },
  { name: 'unrecognised-cards', path: 'unrecognised-cards' },
  { name: 'roles', path: 'roles' },
  { name: 'role-form', path: 'roles/new' },
  { name: 'access', path: 'access' },
  { name: 'authorizations', path: 'authorizations' },
  { name: 'history', path: 'history' },
  { name: 'use-form', path: 'history/new' },
  { name: 'statistics', path: 'statistics' },
  { name: 'settings', path: 'system/settings' },
  { name: 'import', path: 'system/import' },
  { name: 'me', path: 'me' },
  { name: 'account', path: 'account' },
  { name: 'second-factor', path: 'second-factor' },
  { name: 'system', path: 'system' },
  { name: 'backups', path: 'system/backups' },
  { name: 'jobs', path: 'system/jobs' },
  { name: 'mails', path: 'system/mails' },
  { name: 'mail-preview', path: 'system/mails/preview' },
  { name: 'log', path: 'system/log' },
  { name: 'audit', path: 'system/audit' },
  { name: 'api-keys', path: 'system/api-keys' },
  { name: 'more', path: 'more', sizes: [PHONE] },
  { name: 'status', path: 'status', isPublic: true },
  { name: 'tv', path: 'tv', isPublic: true, sizes: [[1920, 1080]] },
];
