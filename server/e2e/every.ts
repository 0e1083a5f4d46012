// Every page of the house, as each of its people sees it: found by walking the links, one
// page for each pattern of address.
import { type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { comeIn, enter, expect, facilitator, hisReferent, invite, laptop, named, note, only, sharing, soon, type Person } from './house';

// Visit is somebody's way through their pages: page is signed in, paths are what to see.
export type Visit = { page: Page; paths: string[]; speak: (lang: string) => Promise<void> };

// The part of an address that differs from one thing to the next of its kind.
const own = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}(?=$|\/)/g;
const pattern = (path: string) => path.replace(own, ':');

// walk follows the links of the pages from, and keeps those that mine wants.
async function walk(page: Page, from: string[], mine: (path: string) => boolean): Promise<string[]> {
  const found = new Map(from.map((path) => [pattern(path), path]));
  for (const path of found.values()) {
    if (found.size > 80) throw new Error('so many pages? a part of an address is not known to differ');
    await page.goto(path);
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
    for (const link of links) if (mine(link) && !found.has(pattern(link))) found.set(pattern(link), link);
  }
  return [...found.values()];
}

const notOut = (path: string) => path !== '/leave' && !path.startsWith('/desk') && !path.startsWith('/assets');

export async function resident(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const page = await comeIn(browser, sharing, options);
  await openPrivate(page, sharing);
  const paths = await walk(page, ['/private/share', '/private/looked', '/private/code', '/private', '/home', '/private/open'], notOut);
  return { page, paths, speak: speakMe(page) };
}

export async function openPrivate(page: Page, who: Person) {
  await page.goto('/private/open');
  await page.locator('input[name=pin]').fill(who.pin!);
  await page.locator('main form button.main').click();
  await expect(page).toHaveURL(/\/private$/);
}

// another is a second facilitator, whom the first entrusts with it: the first one's pages
// stay in the language in which other tests read them.
export async function another(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const aline = await comeIn(browser, facilitator);
  const page = await (await browser.newContext({ baseURL: note.base_url, ...options })).newPage();
  const name = only('Rosa');
  await enter(page, await invite(aline), name, '629174');
  await aline.goto('/desk');
  await aline.getByRole('link', { name }).first().click();
  await aline.getByRole('button', { name: 'Confier l’animation' }).click();
  await expect(aline.getByRole('button', { name: 'Reprendre l’animation' })).toBeVisible();
  await aline.context().close();
  const event = await announce(page);
  const from = ['/desk', event, `${event}/door`, `${event}/code`, `${event}/here`, `${event}/cancel`];
  const paths = await walk(page, from, (path) => path.startsWith('/desk'));
  return { page, paths, speak: speakMe(page) };
}

async function announce(page: Page): Promise<string> {
  const [from, until] = [soon(45), soon(100)];
  await page.goto('/events/new');
  await page.getByLabel('Comment ça s’appelle ?').fill(only('Atelier vélo'));
  await page.getByLabel('Quel jour ?').fill(from.day);
  await page.getByLabel('De', { exact: true }).fill(from.clock);
  await page.getByLabel('À', { exact: true }).fill(until.clock);
  await page.getByLabel('Où ?').fill('Local vélos');
  await page.getByRole('button', { name: 'Mettre dans l’agenda' }).click();
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

const speakMe = (page: Page) => async (lang: string) => {
  await page.request.post('/me/language', { form: { lang } });
};

export async function professional(browser: Browser, role: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const who = role === 'referent' ? hisReferent : note.people.find((p) => p.role === role)!;
  const page = await comeIn(browser, who, { ...laptop, ...options });
  const paths = await walk(page, ['/pro'], (path) => path.startsWith('/pro'));
  const speak = async (lang: string) => {
    await page.request.post('/pro/language', { form: { lang } });
  };
  return { page, paths, speak };
}

// nobody is somebody who is about to join, and who tries what is not for them.
export async function nobody(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const aline = await comeIn(browser, facilitator);
  const code = (await invite(aline)).replace(/\s/g, '');
  await aline.context().close();
  const page = await (await browser.newContext({ baseURL: note.base_url, ...options })).newPage();
  await page.goto(`/join/${code}`);
  await page.getByRole('button', { name: 'Français' }).first().click();
  await page.getByLabel('Votre prénom, ou un autre nom').fill('Kim');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByLabel('Vos six chiffres').fill('472915');
  await page.getByLabel('Encore une fois, les mêmes').fill('472915');
  await page.getByRole('button', { name: 'Continuer' }).click();
  const joining = ['/joining/charter', '/joining/name', '/joining/pin'];
  const paths = await walk(page, ['/', `/join/${code}`, ...joining, '/open', '/pro/sign-in', '/sign-in/nothing', '/nothing', (await firstDoor(browser))], () => true);
  const speak = async (lang: string) => {
    await page.request.post('/language', { form: { lang } });
  };
  return { page, paths, speak };
}

// firstDoor is where a new professional comes in for the first time.
async function firstDoor(browser: Browser): Promise<string> {
  const page = await comeIn(browser, note.people.find((p) => p.role === 'administrator')!, laptop);
  await page.goto('/pro/accounts');
  await page.locator('#name').fill(only('Paul'));
  await page.locator('#email').fill(`${only('paul').replace(' ', '.')}@lien.example`);
  await page.locator('#organisation').selectOption({ index: 0 });
  await page.locator('input[name=function]').first().check();
  const language = page.locator('form[action="/pro/accounts"] input[name=language]');
  if ((await language.count()) > 0) await language.first().check();
  await page.locator('form[action="/pro/accounts"] button').click();
  const link = (await page.locator('.address').first().innerText()).trim();
  await page.context().close();
  return new URL(link).pathname;
}
