import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Without windows it takes three quarters of the time of the whole browser. */
const BROWSERS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
const installed = BROWSERS.map((name) => `/usr/bin/${name}`).find((file) => existsSync(file));

/** The built product, started by each spec on ports of its own, in Debian's Chromium. */
export default defineConfig({
  testDir: 'src',
  testMatch: '**/*.e2e.ts',
  // More than cores: some specs wait for a minute until a slow client is refused.
  workers: 3,
  // Generous: the smallest computers that run this take their time to start a browser.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  outputDir: '../../test-results/e2e',
  use: {
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    contextOptions: { reducedMotion: 'reduce' },
    // `--trace on` shows what a test did; recording every run takes a quarter of its time.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? installed ?? 'chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
