import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** `npm run screenshots`: the pictures of docs/user/img, from the built product's demo lab. */
export default defineConfig({
  ...tests,
  testDir: 'src/screenshots',
  testMatch: '**/*.shots.ts',
  timeout: 600_000,
  reporter: [['list']],
});
