import { chromium } from 'playwright-core';
import { readFileSync, existsSync, writeFileSync } from 'node:fs';
const note = JSON.parse(readFileSync('/tmp/accords/d/demo.json','utf8'));
const browser = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu'] });
export async function as(given, opts={}) {
  const p = note.people.find(x=>x.name.startsWith(given));
  const key = `/tmp/accords/key-${given}.json`;
  const o = { baseURL: note.base_url, viewport:{width:360,height:740}, locale:'fr-FR', timezoneId:'Europe/Paris', ...opts };
  if (existsSync(key)) o.storageState = key;
  const c = await browser.newContext(o);
  if (!existsSync(key)) { const r = await c.request.post(p.sign_in,{form:{},maxRedirects:0}); console.log(given, r.status()); await c.storageState({path:key}); }
  return c;
}
export async function shot(page, name) { await page.screenshot({path:`/tmp/accords/${name}.png`, fullPage:true}); }
const [,, what] = process.argv;
await (await import(what)).default({ as, shot, note, browser });
await browser.close();
