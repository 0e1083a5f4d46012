// What the browser tests share: who lives in the house, and how they come in.
import { test as base, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export { expect } from '@playwright/test';

type Person = { role: string; name: string; sign_in: string; pin?: string };
type Note = { base_url: string; people: Person[] };

export const note: Note = JSON.parse(readFileSync(join(process.env.LIEN_E2E!, 'demo.json'), 'utf8'));

export const person = (role: string, nth = 0): Person => {
  const found = note.people.filter((p) => p.role === role)[nth];
  if (!found) throw new Error(`nobody is ${role} in demo.json`);
  return found;
};

// Sign-in links are good once: the first test that needs somebody signs them in, and
// keeps their cookies for the next one.
const kept = new Map<string, Awaited<ReturnType<Page['context']>['storageState']>>();

export async function signIn(browser: Browser, role: string, nth = 0, options: BrowserContextOptions = {}): Promise<Page> {
  const who = person(role, nth);
  const state = kept.get(who.name);
  const context = await browser.newContext({ baseURL: note.base_url, storageState: state as never, ...options });
  const page = await context.newPage();
  if (state) return page;
  await page.goto(who.sign_in);
  await page.locator('main form button').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  kept.set(who.name, await context.storageState() as never);
  return page;
}

export const laptop = { viewport: { width: 1280, height: 800 }, hasTouch: false };

export const test = base.extend({ baseURL: note.base_url });
