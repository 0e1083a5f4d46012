// What the browser tests share: who lives in the house, and how they come in.
import { expect, request, test as base, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

export { expect } from '@playwright/test';

export type Person = { role: string; about?: string; name: string; sign_in: string; pin?: string };
type Note = { base_url: string; people: Person[] };

const folder = process.env.LIEN_E2E!;
export const note: Note = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'));

// named finds somebody by their given name, so that each test says whom it visits.
export const named = (given: string): Person => {
  const found = note.people.find((p) => p.name.startsWith(given));
  if (!found) throw new Error(`nobody in demo.json is called ${given}`);
  return found;
};

const keysOf = (who: Person) => join(folder, 'keys', `${who.name}.json`);

// Who plays what. The tests of every page change the language of whom they visit, so
// nobody else's test reads over the shoulder of theirs.
export const facilitator = named('Aline');
export const neighbour = named('Mehmet');
export const accompanied = named('Nadia');
export const herReferent = named('Ibrahim');
export const sharing = named('Fatoumata');
export const hisReferent = named('Claire');

export const laptop: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, hasTouch: false };

// comeIn opens the house for somebody in a browser of their own. A resident gets one more
// device there, by the link that their first device shows; a professional's is signed in.
export async function comeIn(browser: Browser, who: Person, options: BrowserContextOptions = {}, lang = 'fr'): Promise<Page> {
  if (!who.pin) {
    const context = await browser.newContext({ baseURL: note.base_url, storageState: keysOf(who), ...options });
    return context.newPage();
  }
  const context = await browser.newContext({ baseURL: note.base_url, ...options });
  const page = await context.newPage();
  await oneAtATime(who, async () => {
    await page.goto(await anotherDevice(who, lang));
    await page.getByLabel('Vos six chiffres').fill(who.pin!);
    await page.getByLabel('Encore une fois, les mêmes').fill(who.pin!);
    await page.getByRole('button', { name: 'Ouvrir lien ici' }).click();
    await expect(page).toHaveURL(/\/home$/);
  });
  return page;
}

// oneAtATime keeps two tests from showing a link of one person at once: the newer link
// ends the one before it, and the PIN gives the first device a new key.
async function oneAtATime(who: Person, act: () => Promise<void>) {
  const turn = `${keysOf(who)}.turn`;
  const taken = () => {
    try {
      mkdirSync(turn);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(taken, { message: `a turn for ${who.name}`, timeout: 60_000 }).toBe(true);
  try {
    await act();
  } finally {
    rmdirSync(turn);
  }
}

// anotherDevice gives the address that makes a new device of somebody, whose first one is
// asked for its PIN.
async function anotherDevice(who: Person, lang: string): Promise<string> {
  const first = await request.newContext({ baseURL: note.base_url, storageState: keysOf(who) });
  await first.post('/me/language', { form: { lang } });
  await first.post('/private/open', { form: { pin: who.pin! } });
  await first.storageState({ path: keysOf(who) });
  const shown = await (await first.post('/me/devices', { form: {} })).text();
  await first.dispose();
  const link = shown.match(/\/sign-in\/[\w-]+/);
  if (!link) throw new Error(`no link to another device for ${who.name}`);
  return link[0];
}

// only is what a test calls a thing it makes: no other test and no other run has it.
export const only = (words: string) => `${words} ${Math.random().toString(36).slice(2, 7)}`;

// invite lets the facilitator make a paper invitation, and reads its code off the sheet.
export async function invite(page: Page): Promise<string> {
  await page.goto('/desk/invitations');
  await page.getByLabel('Où habite la personne ?').selectOption({ index: 4 });
  await page.getByRole('button', { name: 'Préparer la feuille' }).click();
  await expect(page).toHaveURL(/\/print/);
  return (await page.locator('p.code').innerText()).trim();
}

// enter walks through the three steps with a paper's code, up to the new member's home.
export async function enter(page: Page, code: string, name: string, pin: string) {
  await page.goto('/join');
  await page.getByLabel('Le code de votre invitation').fill(code);
  await page.getByRole('button', { name: 'Entrer' }).click();
  await page.getByRole('button', { name: 'Français' }).first().click();
  await page.getByLabel('Votre prénom, ou un autre nom').fill(name);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByLabel('Vos six chiffres').fill(pin);
  await page.getByLabel('Encore une fois, les mêmes').fill(pin);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('La charte, avant d’entrer');
  await page.getByRole('button', { name: 'Oui, j’entre' }).click();
  await expect(page).toHaveURL(/\/home$/);
}

// openBoard opens the board that every member reads.
export async function openBoard(page: Page) {
  await page.goto('/boards');
  await page.getByRole('main').locator('a[href^="/boards/"]').last().click();
  await expect(page.getByRole('button', { name: 'Épingler' })).toBeVisible();
}

export const live = (page: Page) => page.getByRole('status').filter({ hasText: 'En direct' });

// pin writes a notice on the board that is open.
export async function pin(page: Page, title: string, body = 'Passez quand vous voulez.') {
  const form = page.getByRole('form', { name: 'Dire un mot aux voisins' });
  await form.getByLabel('Un titre, si vous voulez').fill(title);
  await form.getByLabel('Votre message').fill(body);
  await form.getByRole('button', { name: 'Épingler' }).click();
  await expect(page.getByRole('article', { name: title })).toBeVisible();
}

// soon is a moment of today or tonight, as forms want it, in the house's own time.
export function soon(minutes: number): { day: string; clock: string } {
  const at = new Date(Date.now() + minutes * 60_000);
  const told = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', ...options }).format(at);
  return { day: told({ dateStyle: 'short' }), clock: told({ timeStyle: 'short' }) };
}

export const test = base.extend({ baseURL: note.base_url });
