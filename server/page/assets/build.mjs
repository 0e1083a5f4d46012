// Makes what a browser loads: one stylesheet, one script, the sprite and the sign. Each
// file gets its content's hash in its name and a packed twin; manifest.json says which is which.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const src = join(here, 'src');
const dist = join(here, 'dist');

await mkdir(dist, { recursive: true });
for (const old of await readdir(dist)) {
  if (old !== 'README') await rm(join(dist, old));
}

const bundled = await build({
  entryPoints: [join(src, 'app.js'), join(src, 'app.css')],
  bundle: true, minify: true, write: false, outdir: dist, charset: 'utf8',
  format: 'iife', target: ['chrome90', 'firefox90', 'safari15'],
  // The sheet nests nothing and its layers are known since 2022: keep them as written.
  supported: { 'nesting': true },
});

const files = new Map(bundled.outputFiles.map((f) => [f.path.slice(dist.length + 1), Buffer.from(f.contents)]));
for (const name of ['icons.svg', 'sign.svg']) {
  const text = await readFile(join(src, name), 'utf8');
  files.set(name, Buffer.from(text.replace(/>\s+</g, '><').trim()));
}

const manifest = {};
for (const [name, body] of files) {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const hashed = `${name.slice(0, -extname(name).length)}-${hash}${extname(name)}`;
  manifest[name] = hashed;
  await writeFile(join(dist, hashed), body);
  await writeFile(join(dist, hashed + '.gz'), gzipSync(body, { level: 9 }));
  await writeFile(join(dist, hashed + '.br'), brotliCompressSync(body));
}
await writeFile(join(dist, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
