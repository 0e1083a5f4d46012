// Every page of the house, as each of its people sees it: found by walking the links, one
// page for each pattern of address.
import { type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { comeIn, enter, expect, facilitator, hisReferent, invite, laptop, named, note, only, sharing, soon, type Person } from './house';

// Visit is somebody's way through their pages: page is signed in, paths are what to see,
// and after are pages that only a press leads to.
export type Visit = { page: Page; paths: string[]; after: Press[]; speak: (lang: string) => Promise<void> };
type Press = { name: string; press: (page: Page) => Promise<void> };

// The part of an address that differs from one thing to the next of its kind.
const own = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}(?=$|\/)/g;
const pattern = (path: string) => path.replace(own, ':');

// walk follows the links of the pages from, and keeps one page of each kind that mine
// wants. It looks at two of a kind from each kind of page: one's own listing, reached by
// "my listings", leads to other acts than a neighbour's.
async function walk(page: Page, from: string[], mine: (path: string) => boolean): Promise<string[]> {
  const kept = new Map(from.map((path) => [pattern(path), path]));
  const looked = new Set(from);
  const ways = new Map<string, number>();
  for (const path of looked) {
    if (kept.size > 200) throw new Error('so many pages? a part of an address is not known to differ');
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
    for (const link of links.filter(mine)) {
      const kind = pattern(link);
      if (!kept.has(kind)) kept.set(kind, link);
      const way = `${pattern(path)} to ${kind}`;
      if (looked.has(link) || (ways.get(way) ?? 0) > 1) continue;
      ways.set(way, (ways.get(way) ?? 0) + 1);
      looked.add(link);
    }
  }
  return [...kept.values()];
}

const notOut = (path: string) => !['/leave', '/me/blocks/new'].includes(path) && !path.endsWith('/file') && !path.endsWith('.ics') && !/\/photos\/[0-9a-f-]+\/\w+$/.test(path) && !path.startsWith('/desk') && !path.startsWith('/assets');

export async function resident(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const page = await comeIn(browser, sharing, options);
  await openPrivate(page, sharing);
  const paths = await walk(page, ['/private/share', '/private/looked', '/private/code', '/private', '/home', '/private/open'], notOut);
  const after = [{ name: 'another-device', press: async (page: Page) => {
    await openPrivate(page, sharing);
    await pressed('/me/devices', 'form[action="/me/devices"] button')(page);
  } }];
  return { page, paths, after, speak: speakMe(page) };
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
  await aline.getByRole('link', { name }).last().click();
  await aline.getByText('Confier un rôle').click();
  await aline.getByText('Animation', { exact: true }).click();
  await aline.getByRole('button', { name: 'Confier ce rôle' }).click();
  await expect(aline.getByRole('button', { name: 'Y mettre fin aujourd’hui' })).toBeVisible();
  await aline.context().close();
  const event = await announce(page);
  await invite(page);
  const sheet = new URL(page.url()).pathname;
  const from = ['/desk', sheet, event, `${event}/door`, `${event}/code`, `${event}/here`, `${event}/cancel`];
  const paths = await walk(page, [...from, '/imports'], (path) => path.startsWith('/desk') || isList(path));
  return { page, paths, after: [], speak: speakMe(page) };
}

// isList is a page of a former list; its refused lines are a file.
const isList = (path: string) => path.startsWith('/imports') && !path.endsWith('/refused');

async function announce(page: Page): Promise<string> {
  const [from, until] = [soon(45), soon(100)];
  await page.goto('/events/new');
  await page.getByLabel('Comment ça s’appelle ?').fill(only('Atelier vélo'));
  await page.getByLabel('Quel jour ?', { exact: true }).fill(from.day);
  await page.getByLabel('De', { exact: true }).fill(from.clock);
  await page.getByLabel('À', { exact: true }).fill(until.clock);
  await page.getByLabel('Où ?').fill('Local vélos');
  await page.getByRole('button', { name: 'Mettre dans l’agenda' }).click();
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

const pressed = (path: string, button: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator(button).first().click();
  await page.waitForLoadState();
};

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
  const file = paths.find((path) => /^\/pro\/cases\/[^/]+$/.test(path));
  const after = file ? [{ name: 'code', press: pressed(file, '[data-bond] form[action$="/code"] button') }] : [];
  return { page, paths, after, speak };
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
  return { page, paths, after: [], speak };
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
