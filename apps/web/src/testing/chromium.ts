/**
 * A Chromium that comes from npm. `@sparticuz/chromium` ships the browser together with the libraries that a bare
 * machine lacks (NSS, NSPR, expat), but unpacks the latter on AWS only and everything into the shared temporary folder.
 * Here all of it goes, once per version, into `node_modules/.cache`, and only the browser sees those libraries.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const require = createRequire(import.meta.url);

/** The package's folder, found by its main module because `exports` hides its package.json. */
const packageFolder = (): string => dirname(dirname(require.resolve('@sparticuz/chromium')));

/** Fonts of the system first, then the ones that ship with the browser, for machines without any. */
const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <config></config>
</fontconfig>
`;

/**
 * Unpacks with the package's own code. It asks the environment where it is (AWS: unpack the libraries too) and where
 * temporary files go, hence a process of its own with the answers that we need.
 */
const unpackInto = async (folder: string): Promise<void> => {
  const script = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: dirname(packageFolder()),
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
};

/** The folder with the unpacked browser; unpacks it first where it is missing (about 3 s). Safe to call concurrently. */
const unpackedFolder = async (): Promise<string> => {
  const root = packageFolder();
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const cache = join(dirname(dirname(root)), '.cache', 'qurriculum');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(join(folder, 'chromium'))) return folder;
  const staging = join(cache, `staging-${randomUUID()}`);
  await mkdir(staging, { recursive: true });
  await unpackInto(staging);
  await writeFile(join(staging, 'fonts', 'fonts.conf'), fontsConf(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    // Somebody else was faster: theirs is the same.
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
  return folder;
};

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-default-browser-check',
  '--no-pings',
  '--font-render-hinting=none',
  // WebGL on the processor, for the large skill map.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/**
 * Starts the browser. QURRICULUM_CHROMIUM names another Chromium or Chrome, for machines other than Linux on x64, where
 * the package has none.
 */
export const launchChromium = async (): Promise<Browser> => {
  const own = process.env['QURRICULUM_CHROMIUM'];
  if (own) return chromium.launch({ executablePath: own, args: FLAGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `launchChromium: expected Linux on x64, got ${process.platform} on ${process.arch}; set QURRICULUM_CHROMIUM to the path of a Chromium or Chrome`,
    );
  }
  const folder = await unpackedFolder();
  const libraries = join(folder, 'al2023', 'lib');
  const inherited = process.env['LD_LIBRARY_PATH'];
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: FLAGS,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: inherited ? `${libraries}:${inherited}` : libraries,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      FONTCONFIG_FILE: join(folder, 'fonts', 'fonts.conf'),
    },
  });
};
