// Two neighbours and one agreement, on two phones at once: proposed and answered with
// taps, spoken about, done, confirmed and thanked for, in French and in Arabic.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { accompanied, comeIn, expect, named, neighbour, only, test } from './house';

const sound = async (page: Page) => {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(found.violations.map((v) => `${page.url()} ${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual([]);
};

const press = (page: Page, words: string) => page.getByRole('main').getByRole('button', { name: words, exact: true }).click();

// offer puts up a listing of somebody's, and gives its address.
async function offer(page: Page, title: string): Promise<string> {
  await page.goto('/listings/new');
  await page.locator('input[name=kind][value=offer]').check();
  await page.locator('input[name=category][value=repair]').check();
  await page.locator('input[name=title]').fill(title);
  await page.locator('form[action="/listings"] button.main').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

test('two neighbours agree with taps, speak live in two languages, and thank each other', async ({ browser }) => {
  const [mehmet, nadia] = [await comeIn(browser, neighbour), await comeIn(browser, accompanied)];
  const listing = await offer(mehmet, only('Je fixe une étagère'));
  await nadia.request.post('/me/language', { form: { lang: 'ar' } });
  let address = '';

  await test.step('she proposes without typing, in Arabic', async () => {
    await nadia.goto(`${listing}/propose`);
    await sound(nadia);
    await nadia.locator('input[name=day]').nth(2).check();
    await nadia.locator('input[name=clock][value="10:00"]').check();
    await nadia.locator('input[name=minutes][value="45"]').check();
    await nadia.locator('input[name=bring][value=tools]').check();
    await press(nadia, 'اقتراح');
    await expect(nadia).toHaveURL(/\/agreements\//);
    await expect(nadia.locator('.facts')).toContainText('أدوات');
    address = new URL(nadia.url()).pathname;
  });
  await test.step('he reads it in French and agrees; her open page shows it by itself', async () => {
    await mehmet.goto(address);
    await expect(mehmet.locator('.facts')).toContainText('Outils');
    await expect(nadia.locator('[data-live][data-state=on]')).toBeVisible();
    await nadia.evaluate(() => Object.assign(window, { stayed: true }));
    await press(mehmet, 'D’accord');
    await expect(nadia.locator('h2.words')).toContainText('تمّ الاتفاق');
  });
  await test.step('they speak, both ways, each in their language', async () => {
    await expect(mehmet.locator('[data-live][data-state=on]')).toBeVisible();
    await mehmet.evaluate(() => Object.assign(window, { stayed: true }));
    await mehmet.locator('#words').fill('J’apporte la perceuse.');
    await press(mehmet, 'Envoyer');
    await expect(mehmet.locator('.says[data-mine]').filter({ hasText: 'J’apporte la perceuse.' })).toBeVisible();
    await expect(mehmet.locator('#words')).toHaveValue('');
    await expect(nadia.locator('.says').filter({ hasText: 'J’apporte la perceuse.' })).toBeVisible();
    await nadia.locator('button[name=tap][value=late]').click();
    await expect(mehmet.locator('.says').filter({ hasText: 'En retard de' })).toBeVisible();
    await expect(nadia.locator('.says[data-mine]').filter({ hasText: 'تأخير' })).toBeVisible();
    expect(await mehmet.evaluate(() => 'stayed' in window), 'his page was never loaded anew').toBe(true);
    expect(await nadia.evaluate(() => 'stayed' in window), 'nor hers').toBe(true);
    await sound(mehmet);
    await sound(nadia);
  });
  await test.step('it is done, confirmed and thanked for', async () => {
    await mehmet.getByText('C’est déjà fait ?').click();
    await press(mehmet, 'C’est fait');
    await expect(nadia.locator('form[action$="/confirm"]')).toBeVisible();
    await nadia.locator('form[action$="/confirm"] button').click();
    await expect(nadia.locator('form[action$="/thanks"]')).toBeVisible();
    await nadia.locator('#thanks').fill('شكرًا من القلب');
    await nadia.locator('form[action$="/thanks"] button').click();
    await expect(mehmet.locator('.sea')).toContainText('شكرًا من القلب');
    await sound(mehmet);
    await sound(nadia);
    await press(mehmet, 'Le montrer sur mon passeport');
    await expect(mehmet.getByText('Sur votre passeport')).toBeVisible();
  });
  await nadia.request.post('/me/language', { form: { lang: 'fr' } });
});

test('without a script the two speak, too, and a stranger finds nothing', async ({ browser }) => {
  const [mehmet, nadia] = [await comeIn(browser, neighbour), await comeIn(browser, accompanied)];
  const stranger = await comeIn(browser, named('Sivakumar'));
  const listing = await offer(mehmet, only('Je monte un meuble'));
  await nadia.goto(`${listing}/propose`);
  await press(nadia, 'Proposer');
  await expect(nadia).toHaveURL(/\/agreements\//);
  const address = new URL(nadia.url()).pathname;
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await nadia.context().storageState() });
  const page = await plain.newPage();
  await page.goto(new URL(address, nadia.url()).href);
  await page.locator('#words').fill('Sans script.');
  await press(page, 'Envoyer');
  await expect(page.locator('.says[data-mine]').filter({ hasText: 'Sans script.' })).toBeVisible();
  await mehmet.goto(address);
  await expect(mehmet.locator('.says').filter({ hasText: 'Sans script.' })).toBeVisible();
  expect((await stranger.goto(address))?.status()).toBe(404);
  expect((await stranger.request.get(`${address}/since?after=0`)).status()).toBe(404);
});
