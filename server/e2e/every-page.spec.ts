// Each page, in a language written from the left and in one written from the right: axe
// finds nothing, no script fails, nothing is wider than a small phone, one title.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { another, nobody, professional, resident, type Visit } from './every';
import { expect, test } from './house';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' }); // what is wrong is told in words, and recording doubles the time

const languages = [{ lang: 'fr', dir: 'ltr' }, { lang: 'ar', dir: 'rtl' }];
const phone = { width: 360, height: 740 };

// Each page is checked in light; those with the most colours in the dark as well.
const alsoDark = [/^\/home$/, /^\/boards\/./, /^\/notices\//, /^\/private\/share$/, /^\/events\/[^/]+$/, /^\/pro\/cases\/[^/]+$/, /^\/join\//];

test('a resident’s pages', async ({ browser }) => look(await resident(browser)));
test('a facilitator’s pages', async ({ browser }) => look(await another(browser)));
test('a referent’s pages', async ({ browser }) => look(await professional(browser, 'referent')));
test('a coordinator’s pages', async ({ browser }) => look(await professional(browser, 'coordinator')));
test('an administrator’s pages', async ({ browser }) => look(await professional(browser, 'administrator')));
test('the pages of who is not in yet', async ({ browser }) => look(await nobody(browser)));

async function look({ page, paths, after, speak }: Visit) {
  test.setTimeout(900_000);
  const wrong: string[] = [];
  page.on('pageerror', (e) => wrong.push(`${page.url()}: ${e}`));
  page.on('console', (m) => {
    if (m.type() === 'error' && !page.url().endsWith('/nothing')) wrong.push(`${page.url()}: ${m.text()}`);
  });
  for (const { lang, dir } of languages) {
    await speak(lang);
    for (const path of paths) {
      const answer = await page.goto(path);
      const here = `${path} in ${lang}`;
      if (answer!.status() !== (path.endsWith('/nothing') ? 404 : 200)) wrong.push(`${here}: answers ${answer!.status()}`);
      wrong.push(...(await flaws(page, dir)).map((flaw) => `${here}: ${flaw}`));
    }
    for (const { name, press } of after) {
      await press(page);
      wrong.push(...(await flaws(page, dir)).map((flaw) => `${name} in ${lang}: ${flaw}`));
    }
  }
  console.log(`  ${paths.length} pages: ${paths.map((p) => p.replace(/[0-9a-f-]{36}/g, ':')).join(' ')}`);
  await speak('fr');
  expect(wrong).toEqual([]);
}

async function flaws(page: Page, dir: string): Promise<string[]> {
  const found = await barriers(page);
  const before = page.viewportSize()!;
  await page.setViewportSize(phone);
  const seen = await page.evaluate(() => ({
    dir: document.documentElement.dir,
    titles: document.querySelectorAll('h1').length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    widest: [...document.querySelectorAll('main *')].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    }).slice(0, 3).map((e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}">`),
  }));
  await page.setViewportSize(before);
  if (seen.dir !== dir) found.push(`written ${seen.dir}`);
  if (seen.titles !== 1) found.push(`${seen.titles} titles`);
  if (seen.wide > 0) found.push(`${seen.wide} px too wide: ${seen.widest.join(' ')}`);
  if (dir === 'ltr' && alsoDark.some((p) => p.test(new URL(page.url()).pathname))) {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    found.push(...(await barriers(page)).map((flaw) => `in the dark: ${flaw}`));
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  }
  return found;
}

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).setLegacyMode().analyze();
  return violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)} (${n.failureSummary?.split('\n')[1]?.trim().slice(0, 160)})`));
}
