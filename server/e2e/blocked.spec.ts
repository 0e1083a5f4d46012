// Where sockets are blocked, as in many offices and hotels, the board is as new by plain
// HTTP; and it is light enough for the end of a month's data.
import { comeIn, expect, facilitator, live, named, only, openBoard, pin, test } from './house';

test('without sockets a new notice arrives all the same', async ({ browser }) => {
  const [reader, writer] = [await comeIn(browser, facilitator), await comeIn(browser, named('Sivakumar'))];
  await reader.routeWebSocket('**/live', (socket) => socket.close({ code: 1011 }));
  await openBoard(reader);
  await expect(live(reader)).toBeVisible({ timeout: 40_000 });
  await reader.evaluate(() => Object.assign(window, { stayed: true }));
  const title = only('La fontaine remarche');
  await openBoard(writer);
  await pin(writer, title);
  await expect(reader.getByRole('article', { name: title })).toBeVisible({ timeout: 30_000 });
  expect(await reader.evaluate(() => 'stayed' in window), 'the page was never loaded anew').toBe(true);
});

test('the first load of a board is at most 60 KB, all files included', async ({ browser }) => {
  const page = await comeIn(browser, facilitator);
  await openBoard(page);
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  const files = new Map<string, string>();
  let bytes = 0;
  network.on('Network.responseReceived', (r) => files.set(r.requestId, r.response.url));
  network.on('Network.loadingFinished', (r) => (bytes += r.encodedDataLength));
  await page.reload({ waitUntil: 'networkidle' });
  await expect(live(page)).toBeVisible();
  console.log(`  first load of the board: ${(bytes / 1000).toFixed(1)} KB in ${files.size} files`);
  expect(files.size).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(60_000);
});
