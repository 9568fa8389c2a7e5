// Builds packages/kernels/assembly into WebAssembly modules embedded as base64 in packages/kernels/src/generated/.
// Plain Node (>= 20), no arguments. Skips what was built from the same sources by the same compiler.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const assembly = path.join(root, 'packages/kernels/assembly');
const generated = path.join(root, 'packages/kernels/src/generated');

// No runtime, no assertions: kernels work on pointers into memory that the host hands out.
const commonFlags = [
  '-O3',
  '--noAssert',
  '--converge',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--importMemory',
  '--maximumMemory',
  '65536',
];
const modules = [
  { name: 'anneal-replicas', entry: 'anneal-replicas.ts', flags: ['--enable', 'simd'] },
  { name: 'matrix', entry: 'matrix.ts', flags: ['--enable', 'simd'] },
  { name: 'groups', entry: 'groups.ts', flags: ['--enable', 'simd'] },
  { name: 'tabu', entry: 'tabu.ts', flags: ['--enable', 'simd'] },
  { name: 'qaoa', entry: 'qaoa.ts', flags: ['--enable', 'simd'] },
  { name: 'qaoa-relaxed', entry: 'qaoa.ts', flags: ['--enable', 'simd,relaxed-simd'] },
  { name: 'qaoa-threads', entry: 'qaoa.ts', flags: ['--enable', 'simd,threads', '--sharedMemory'] },
];

function sourceHash() {
  const hash = createHash('sha256');
  hash.update(readFileSync(path.join(root, 'node_modules/assemblyscript/package.json')));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  for (const file of readdirSync(assembly).sort()) {
    if (file.endsWith('.ts')) hash.update(`\n${file}\n`).update(readFileSync(path.join(assembly, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function builtFrom(file) {
  try {
    return /^\/\/ source ([0-9a-f]+)/.exec(readFileSync(file, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

async function compile(asc, { entry, flags }) {
  let binary;
  const { error, stderr } = await asc.main([entry, '--outFile', 'module.wasm', ...commonFlags, ...flags], {
    readFile: (name, base) => {
      try {
        return readFileSync(path.resolve(base, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`build-kernels: ${entry} did not compile.\n${stderr.toString()}`);
  return binary;
}

function write(file, hash, binary) {
  const text = `// source ${hash}\n// Written by scripts/build-kernels.mjs; not committed.\nexport const wasmBase64 =\n  '${Buffer.from(binary).toString('base64')}';\n`;
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  // Two commands may build at once: a rename never shows half a file.
  renameSync(temporary, file);
}

const started = performance.now();
const hash = sourceHash();
const stale = modules.filter(({ name }) => builtFrom(path.join(generated, `${name}.ts`)) !== hash);
if (stale.length === 0) {
  console.log('kernels: up to date');
} else {
  const asc = await import('assemblyscript/asc');
  mkdirSync(generated, { recursive: true });
  process.chdir(assembly);
  let bytes = 0;
  for (const module of stale) {
    const binary = await compile(asc, module);
    bytes += binary.length;
    write(path.join(generated, `${module.name}.ts`), hash, binary);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`kernels: built ${stale.length} WebAssembly modules, ${bytes} bytes, in ${seconds} s`);
}
