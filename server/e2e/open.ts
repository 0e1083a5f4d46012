// Opens a house for the browser tests: a demo of its own, in a folder of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export default async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'lien-e2e-'));
  const binary = resolve(import.meta.dirname, '../../bin/lien');
  if (!existsSync(binary)) throw new Error(`no ${binary}: run make build first`);
  const house = spawn(binary, ['demo', '--data', folder, '--listen', '127.0.0.1:0', '--seed', '7'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const ended = new Promise<never>((_, fail) => house.once('exit', (code) => fail(new Error(`the house closed with ${code}`))));
  ended.catch(() => {});
  await Promise.race([ended, ready(join(folder, 'demo.json'))]);
  writeFileSync(join(folder, 'pid'), String(house.pid));
  house.unref();
  process.env.LIEN_E2E = folder;
}

async function ready(note: string) {
  for (const end = Date.now() + 180_000; Date.now() < end; await new Promise((r) => setTimeout(r, 200))) {
    if (!existsSync(note)) continue;
    const base = JSON.parse(readFileSync(note, 'utf8')).base_url;
    const answer = await fetch(`${base}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error('the house did not open in three minutes');
}
