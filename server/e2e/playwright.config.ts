import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

// Debian's browser, or the one that CHROMIUM names; Playwright's own is never fetched.
const known = ['/usr/bin/chromium', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const executablePath = process.env.CHROMIUM ?? known.find((path) => existsSync(path));

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  globalSetup: './open.ts',
  globalTeardown: './close.ts',
  workers: 2,
  timeout: 180_000, // generous: a busy machine is no mistake of the house
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    trace: 'retain-on-failure',
  },
});
