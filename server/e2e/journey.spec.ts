// The way through the house, on phones and one laptop at once: joining by paper, helping,
// meeting, the live board, and the door to a caseworker.
import { type Page } from '@playwright/test';
import { accompanied, comeIn, enter, expect, facilitator, herReferent, invite, laptop, live, named, neighbour, note, only, openBoard, pin, soon, test } from './house';

const yes = (page: Page, words: string) => page.getByRole('main').getByRole('button', { name: words, exact: true }).click();

test('somebody joins by paper, gives help, and both accounts tell the hour', async ({ browser }) => {
  const name = only('Awa');
  const [aline, mehmet] = [await comeIn(browser, facilitator), await comeIn(browser, neighbour)];
  const awa = await (await browser.newContext({ baseURL: note.base_url })).newPage();
  const what = only('Je recouds vos boutons');

  await test.step('she joins with the code of the paper', async () => {
    await enter(awa, await invite(aline), name, '730518');
    await expect(awa.getByRole('heading', { level: 1 })).toContainText('Awa');
  });
  await test.step('she signs out, and her six digits open the house again', async () => {
    await awa.goto('/me');
    await yes(awa, 'Fermer sur ce téléphone');
    await awa.getByLabel('Vos six chiffres').fill('730518');
    await yes(awa, 'Ouvrir');
    await expect(awa).toHaveURL(/\/home$/);
  });
  await test.step('she offers help', async () => {
    await awa.goto('/listings/new');
    await awa.getByRole('radio', { name: 'Proposer mon aide' }).check();
    await awa.getByRole('radio', { name: 'Couture' }).check();
    await awa.getByLabel('En quelques mots').fill(what);
    await awa.getByRole('radio', { name: '1 h', exact: true }).check();
    await yes(awa, 'Mettre l’annonce en vue');
    await expect(awa.getByRole('heading', { level: 1 })).toHaveText(what);
  });
  await test.step('a neighbour finds it and proposes a day', async () => {
    await mehmet.goto('/listings');
    await mehmet.getByLabel('Chercher un mot').fill(what);
    await yes(mehmet, 'Chercher');
    await mehmet.getByRole('link', { name: what }).click();
    await mehmet.getByRole('link', { name: 'Demander ce coup de main' }).click();
    await mehmet.getByRole('radio', { name: 'Demain' }).check();
    await mehmet.getByRole('radio', { name: '18 h', exact: true }).check();
    await mehmet.getByRole('radio', { name: '1 h', exact: true }).check();
    await mehmet.getByRole('radio', { name: 'À la salle commune' }).check();
    await yes(mehmet, 'Proposer');
    await expect(mehmet.getByText(/^Vous avez proposé\./)).toBeVisible();
  });
  await test.step('she agrees, and says that it is done', async () => {
    await awa.goto('/home');
    await awa.getByRole('link', { name: 'Voir et répondre' }).click();
    await yes(awa, 'D’accord');
    await awa.getByText('C’est déjà fait ?').click();
    await awa.getByRole('radio', { name: '1 h', exact: true }).check();
    await yes(awa, 'C’est fait');
    await expect(awa.getByText('Vous avez dit : « C’est fait, 1 h. »')).toBeVisible();
  });
  await test.step('he confirms, and the hour stands in both accounts', async () => {
    await mehmet.reload();
    await yes(mehmet, 'Oui, c’est bien ça');
    await expect(mehmet.getByText('C’est confirmé : 1 h')).toBeVisible();
    await mehmet.goto('/hours');
    await expect(mehmet.getByRole('listitem').filter({ hasText: what })).toContainText('1 h');
    await mehmet.getByRole('link', { name: 'Relevé' }).first().click();
    await expect(mehmet.getByRole('row').filter({ hasText: what })).toContainText(name);
    await awa.goto('/hours');
    await expect(awa.getByText('Vous avez donné un peu plus que reçu. Merci.')).toBeVisible();
    await expect(awa.getByRole('listitem').filter({ hasText: what })).toContainText('1 h');
  });
});

test('an event is announced, somebody comes, and the door knows it', async ({ browser }) => {
  const [aline, mehmet] = [await comeIn(browser, facilitator), await comeIn(browser, neighbour)];
  const title = only('Café du palier');
  const [from, until] = [soon(60), soon(180)];

  await aline.goto('/events/new');
  await aline.getByLabel('Comment ça s’appelle ?').fill(title);
  await aline.getByLabel('Quel jour ?', { exact: true }).fill(from.day);
  await aline.getByLabel('De', { exact: true }).fill(from.clock);
  await aline.getByLabel('À', { exact: true }).fill(until.clock);
  await aline.getByLabel('Où ?').fill('Salle commune');
  await aline.getByLabel('Combien de places ?').fill('10');
  await yes(aline, 'Mettre dans l’agenda');

  await mehmet.goto('/events');
  await mehmet.getByRole('link', { name: title }).first().click();
  await mehmet.getByRole('radio', { name: 'Je viens', exact: true }).check();
  await yes(mehmet, 'Garder ma place');
  await expect(mehmet.getByText('C’est noté : votre place est gardée.')).toBeVisible();

  await aline.getByRole('link', { name: 'Ouvrir la liste' }).click();
  await yes(aline, `Est là : ${neighbour.name}`);
  await expect(aline.getByRole('button', { name: `N’est pas là : ${neighbour.name}` })).toBeVisible();
  await mehmet.reload();
  await expect(mehmet.getByText('Votre venue est notée.')).toBeVisible();
});

test('what one pins, another reads at once and in order, and an answer too', async ({ browser }) => {
  const [aline, mehmet] = [await comeIn(browser, facilitator), await comeIn(browser, neighbour)];
  await openBoard(aline);
  await openBoard(mehmet);
  await expect(live(aline)).toBeVisible();
  const [first, second] = [only('Une soupe ce soir'), only('Un vélo à donner')];
  await aline.evaluate(() => Object.assign(window, { stayed: true }));

  await pin(mehmet, first);
  await pin(mehmet, second);
  await expect(aline.getByRole('article', { name: second })).toBeVisible();
  const titles = await aline.getByRole('article').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(titles.indexOf(first) - titles.indexOf(second), 'the newer hangs right above').toBe(1);
  expect(titles.filter((t) => t === first), 'once').toHaveLength(1);

  await mehmet.getByRole('article', { name: first }).getByRole('link', { name: 'Répondre' }).click();
  await mehmet.getByLabel('Votre réponse').fill('Il en reste pour six.');
  await yes(mehmet, 'Envoyer la réponse');
  await expect(aline.getByRole('article', { name: first }).getByText('Il en reste pour six.')).toBeVisible();
  expect(await aline.evaluate(() => 'stayed' in window), 'the page was never loaded anew').toBe(true);
});

test('a phone without network catches up when it is back', async ({ browser }) => {
  const [reader, writer] = [await comeIn(browser, facilitator), await comeIn(browser, named('Sivakumar'))];
  await openBoard(reader);
  await expect(live(reader)).toBeVisible();
  await reader.evaluate(() => Object.assign(window, { stayed: true }));
  await reader.context().setOffline(true);
  const [first, second] = [only('Deux chaises à donner'), only('Le linge est sec')];
  await openBoard(writer);
  await pin(writer, first);
  await pin(writer, second);
  await expect(reader.getByRole('article', { name: second })).toHaveCount(0);

  await reader.context().setOffline(false);
  await expect(reader.getByRole('article', { name: second })).toBeVisible({ timeout: 40_000 });
  await expect(reader.getByRole('article', { name: first })).toHaveCount(1);
  const titles = await reader.getByRole('article').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(titles.indexOf(first)).toBeGreaterThan(titles.indexOf(second));
  expect(await reader.evaluate(() => 'stayed' in window), 'the page was never loaded anew').toBe(true);
});

test('the door opens by the resident’s own hand, and closes on an open page', async ({ browser }) => {
  const nadia = await comeIn(browser, accompanied);
  const ibrahim = await comeIn(browser, herReferent, laptop);
  const bond = ibrahim.getByRole('region', { name: /^Lien social/ });

  await ibrahim.goto('/pro/cases');
  await ibrahim.getByRole('link', { name: 'Benali' }).click();
  await expect(bond).toContainText('Rien n’est affiché ici.');
  const file = ibrahim.url();
  await bond.getByRole('button', { name: 'Donner un code, face à face' }).click();
  const code = (await ibrahim.locator('p.code').innerText()).trim();
  await ibrahim.goto(file);

  await test.step('she opens her private area and types the code', async () => {
    await nadia.goto('/private/code');
    await nadia.getByLabel('Vos six chiffres').fill(accompanied.pin!);
    await yes(nadia, 'Ouvrir');
    await nadia.getByLabel('Le code').fill(code);
    await yes(nadia, 'Continuer');
    await expect(nadia.getByRole('heading', { level: 1 })).toHaveText(/^Ce que je partage avec .?Ibrahim/);
    await expect(bond).toContainText('Rien n’est affiché ici.');
  });
  const summary = nadia.getByRole('region', { name: 'Mon résumé' });
  let preview = '';
  await test.step('she sees exactly what would be seen, and says yes', async () => {
    await nadia.getByRole('link', { name: 'Avec les mois passés' }).click();
    await expect(summary).toContainText(/Si vous dites oui, .?Ibrahim.? verra ceci/);
    preview = await summary.locator('dl').innerText();
    await summary.getByRole('switch').click();
    await expect(nadia.getByRole('region', { name: 'Mon résumé' }).getByRole('switch')).toHaveAttribute('aria-checked', 'true');
  });
  await test.step('his open page shows the same, word for word', async () => {
    await expect(bond.locator('dl').first()).toBeVisible();
    expect(await bond.locator('dl').first().innerText()).toBe(preview);
    await ibrahim.evaluate(() => Object.assign(window, { stayed: true }));
  });
  await test.step('she closes it, and his open page is empty within five seconds', async () => {
    await yes(nadia, 'Tout refermer');
    await expect(bond).toContainText('Rien n’est affiché ici.', { timeout: 5_000 });
    await expect(bond.locator('dl')).toHaveCount(0);
    expect(await ibrahim.evaluate(() => 'stayed' in window), 'the page was never loaded anew').toBe(true);
  });
  await test.step('she reads who looked', async () => {
    await nadia.goto('/private/looked');
    const look = nadia.getByRole('listitem').filter({ hasText: herReferent.name });
    await expect(look.filter({ hasText: 'votre résumé' }).first()).toBeVisible();
    await expect(look.filter({ hasText: 'votre dossier' }).first()).toBeVisible();
  });
});
