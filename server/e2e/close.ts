// Checks every kept number of the house after what the browsers did to it, and closes it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export default async function close() {
  const folder = process.env.LIEN_E2E!;
  const binary = resolve(import.meta.dirname, '../../bin/lien');
  const check = spawnSync(binary, ['check', '--data', folder], { encoding: 'utf8' });
  if (existsSync(join(folder, 'pid'))) await shut(folder);
  if (check.status !== 0) throw new Error(`lien check after the browser tests:\n${check.stdout}${check.stderr}`);
}

// shut closes the house that the tests opened, and forgets it.
async function shut(folder: string) {
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  if (lives(pid)) process.kill(pid, 'SIGINT');
  for (const end = Date.now() + 20_000; Date.now() < end && lives(pid); ) await new Promise((r) => setTimeout(r, 100));
  rmSync(folder, { recursive: true, force: true });
}

function lives(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
