// Builds packages/*/dist (plain ESM and declarations) for publishing; inside the repository everything runs from src.
// One TypeScript program for all packages. `node scripts/build-libraries.mjs`, and called by scripts/pack.test.ts.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build.mjs';
import { progressLine, root } from './lib/run.mjs';
import { hashSources, isStale, writeStamp } from './lib/stale.mjs';

const packages = path.join(root, 'packages');
const stamp = 'build/libraries.sources';

/** Names of the folders under packages/ that hold a package with sources. */
export function libraryNames() {
  return readdirSync(packages)
    .filter((name) => existsSync(path.join(packages, name, 'package.json')))
    .filter((name) => existsSync(path.join(packages, name, 'src/index.ts')))
    .sort();
}

/** Builds every library when a source of any changed; declarations of one rest on the others. */
export async function buildLibraries() {
  await buildKernels();
  const names = libraryNames();
  const sources = names.flatMap((name) => [`packages/${name}/src`, `packages/${name}/package.json`]);
  const hash = hashSources([
    ...sources,
    'scripts/build-libraries.mjs',
    'tsconfig.json',
    'package-lock.json',
    'LICENSE',
  ]);
  const missing = names.some((name) => !existsSync(path.join(packages, name, 'dist')));
  if (!missing && !isStale(stamp, hash)) return;
  const done = progressLine('Building the libraries');
  const files = await compile(names);
  for (const name of names) replaceDist(name, files.get(name));
  writeStamp(stamp, hash);
  done(`${names.length} packages`);
}

/** Sources of a package that are published: no tests, and test helpers only where the package exports them. */
function publishedSources(name) {
  const folder = path.join(packages, name);
  const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const entries = Object.values(exports).map(({ development }) => path.join(folder, development));
  const modules = readdirSync(path.join(folder, 'src'), { recursive: true })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|(^|[\\/])testing[\\/]/.test(file))
    .map((file) => path.join(folder, 'src', file));
  return [...new Set([...entries, ...modules])];
}

/** Emits all packages at once; resolves to the text of each file by package and path inside dist. */
async function compile(names) {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const out = path.join(root, 'build/libraries');
  const program = ts.createProgram(names.flatMap(publishedSources), {
    ...options,
    noEmit: false,
    // Types are checked by `npm test` over the whole repository; checking twice would double the time.
    noCheck: true,
    declaration: true,
    allowImportingTsExtensions: false,
    rootDir: packages,
    outDir: out,
  });
  const files = new Map(names.map((name) => [name, new Map()]));
  const { diagnostics } = program.emit(undefined, (file, text) => {
    const [name, , ...inside] = path.relative(out, file).split(path.sep);
    files.get(name)?.set(inside.join('/'), text);
  });
  if (diagnostics.length > 0) {
    throw new Error(
      `build-libraries: declarations could not be written.\n${ts.formatDiagnostics(diagnostics, formatHost)}`,
    );
  }
  return files;
}

const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };

/** Swaps the whole folder in at once, so that no one sees half of it and no file of an older build stays behind. */
function replaceDist(name, files) {
  const dist = path.join(packages, name, 'dist');
  const fresh = `${dist}.${process.pid}.tmp`;
  for (const [file, text] of files) {
    mkdirSync(path.join(fresh, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(fresh, file), text);
  }
  // npm packs a licence only from the package's own folder.
  cpSync(path.join(root, 'LICENSE'), path.join(fresh, 'LICENSE'));
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildLibraries();
