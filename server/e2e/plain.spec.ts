// Everything that matters works without a line of JavaScript.
import { accompanied, comeIn, enter, expect, facilitator, invite, named, note, only, openBoard, pin, test } from './house';

const plain = { javaScriptEnabled: false };

test('joining, offering help, and closing the house again', async ({ browser }) => {
  const code = await invite(await comeIn(browser, facilitator, plain));
  const page = await (await browser.newContext({ baseURL: note.base_url, ...plain })).newPage();
  const what = only('Un cours de guitare');
  await enter(page, code, only('Théo'), '518364');

  await page.goto('/listings/new');
  await page.getByRole('radio', { name: 'Proposer mon aide' }).check();
  await page.getByRole('radio', { name: 'Autre chose' }).check();
  await page.getByLabel('En quelques mots').fill(what);
  await page.getByRole('button', { name: 'Mettre l’annonce en vue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(what);

  await page.goto('/me');
  await page.getByRole('button', { name: 'Fermer sur ce téléphone' }).click();
  await expect(page.getByRole('button', { name: 'Ouvrir' })).toBeVisible();
  await page.goto('/hours');
  await expect(page.getByLabel('Vos six chiffres')).toBeVisible();
});

test('what was typed wrong is kept, with a sentence beside it', async ({ browser }) => {
  const page = await comeIn(browser, named('Sivakumar'), plain);
  await page.goto('/listings/new');
  await page.getByLabel('En quelques mots').fill('x');
  await page.getByRole('button', { name: 'Mettre l’annonce en vue' }).click();
  await expect(page.getByLabel('En quelques mots')).toHaveValue('x');
  await expect(page.getByRole('alert').first()).toBeVisible();
});

test('proposing a day for help', async ({ browser }) => {
  const page = await comeIn(browser, named('Sivakumar'), plain);
  await page.goto('/listings?kind=offer');
  await page.getByRole('main').getByRole('listitem').filter({ hasNotText: 'Sivakumar' }).locator('a[href^="/listings/"]').first().click();
  await page.getByRole('link', { name: 'Demander ce coup de main' }).click();
  await page.locator('input[name=day]').nth(2).check();
  await page.locator('input[name=clock][value="10:00"]').check();
  await page.getByRole('radio', { name: '30 min', exact: true }).check();
  await page.locator('input[name=meeting][value=common_room]').check();
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  await expect(page.getByText('Vous avez proposé.')).toBeVisible();
});

test('pinning a notice, and thanking for one', async ({ browser }) => {
  const [writer, reader] = [await comeIn(browser, accompanied, plain), await comeIn(browser, named('Sivakumar'), plain)];
  const title = only('Les clés du local vélos');
  await openBoard(writer);
  await pin(writer, title);
  await openBoard(reader);
  const notice = reader.getByRole('article', { name: title });
  await notice.getByRole('button', { name: 'Merci' }).click();
  await expect(notice.getByRole('button', { name: 'Merci' })).toHaveAttribute('aria-pressed', 'true');
  await writer.reload();
  await expect(writer.getByRole('article', { name: title })).toContainText('Merci 1');
});

test('saying whether one comes', async ({ browser }) => {
  const page = await comeIn(browser, named('Sivakumar'), plain);
  await page.goto('/events');
  await page.getByRole('main').getByRole('listitem').getByRole('link').last().click();
  await page.getByRole('radio', { name: 'Pas cette fois' }).check();
  await page.getByRole('main').getByRole('button').last().click();
  await expect(page.getByRole('radio', { name: 'Pas cette fois' })).toBeChecked();
});
