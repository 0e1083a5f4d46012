// Pictures, only when asked: LIEN_SHOTS=all takes every page into server/e2e/shots, to be
// looked at; LIEN_SHOTS=board takes the picture of the README.
import { join } from 'node:path';
import { another, nobody, professional, resident, type Visit } from './every';
import { comeIn, live, neighbour, openBoard, test } from './house';

const asked = process.env.LIEN_SHOTS;
const folder = join(import.meta.dirname, 'shots');
const looks = ['light', 'dark'] as const;

test.use({ trace: 'off' });

test('the board of the README', async ({ browser }) => {
  test.skip(asked !== 'board', 'LIEN_SHOTS=board takes it');
  const page = await comeIn(browser, neighbour, { deviceScaleFactor: 2 });
  await openBoard(page);
  await live(page).waitFor();
  await page.screenshot({ path: join(import.meta.dirname, '../../docs/board.png') });
});

test.describe('every page', () => {
  test.skip(asked !== 'all', 'LIEN_SHOTS=all takes them');
  test.describe.configure({ mode: 'parallel' });
  const still = { reducedMotion: 'reduce' as const };
  test('of a resident', async ({ browser }) => take('resident', await resident(browser, still)));
  test('of a facilitator', async ({ browser }) => take('facilitator', await another(browser, still)));
  test('of who is not in yet', async ({ browser }) => take('nobody', await nobody(browser, still)));
  for (const role of ['referent', 'coordinator', 'administrator']) {
    test(`of one who is ${role}`, async ({ browser }) => take(role, await professional(browser, role, still)));
  }
});

async function take(who: string, { page, paths, after, speak }: Visit) {
  test.setTimeout(900_000);
  const shot = async (name: string, lang: string) => {
    for (const colorScheme of looks) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, lang, colorScheme, `${who}${name}.png`), fullPage: true });
    }
  };
  for (const lang of ['fr', 'ar']) {
    await speak(lang);
    for (const path of paths) {
      await page.goto(path);
      await shot(path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'x').replace(/\//g, '_'), lang);
    }
    for (const { name, press } of after) {
      await press(page);
      await shot('_' + name, lang);
    }
  }
  await speak('fr');
}
