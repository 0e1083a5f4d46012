// Opens a house for the browser tests: a demo of its own, in a folder of its own. With
// LIEN_E2E=DIR they visit the demo that runs there, and leave it as it is.
import { request } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

type Note = { base_url: string; people: { name: string; sign_in: string }[] };

export default async function open() {
  if (!process.env.LIEN_E2E) process.env.LIEN_E2E = await tell();
  await takeKeys(process.env.LIEN_E2E);
}

async function tell(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lien-e2e-'));
  const binary = resolve(import.meta.dirname, '../../bin/lien');
  if (!existsSync(binary)) throw new Error(`no ${binary}: run make build first`);
  const house = spawn(binary, ['demo', '--data', folder, '--listen', '127.0.0.1:0', '--seed', '7'], { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  const ended = new Promise<never>((_, fail) => house.once('exit', (code) => fail(new Error(`the house closed with ${code}`))));
  ended.catch(() => {});
  await Promise.race([ended, ready(join(folder, 'demo.json'))]);
  writeFileSync(join(folder, 'pid'), String(house.pid));
  house.unref();
  return folder;
}

async function ready(note: string) {
  for (const end = Date.now() + 300_000; Date.now() < end; await new Promise((r) => setTimeout(r, 200))) {
    if (!existsSync(note)) continue;
    const base = JSON.parse(readFileSync(note, 'utf8')).base_url;
    const answer = await fetch(`${base}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error('the house did not open in five minutes');
}

// takeKeys follows every sign-in link once, because it is good once, and keeps the
// cookies for the tests, which run in several processes.
async function takeKeys(folder: string) {
  const keys = join(folder, 'keys');
  if (existsSync(keys)) return;
  mkdirSync(keys);
  const note: Note = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'));
  for (const person of note.people) {
    const door = await request.newContext({ baseURL: note.base_url });
    const answer = await door.post(person.sign_in, { form: {}, maxRedirects: 0 });
    if (answer.status() !== 303) throw new Error(`the sign-in link of ${person.name} answers ${answer.status()}`);
    await door.storageState({ path: join(keys, `${person.name}.json`) });
    await door.dispose();
  }
}
