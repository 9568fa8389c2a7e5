// `npm test`: installs, builds, and runs every layer. The last line is `N passed, N failed` (`, N skipped`).
//   --only=checks   format, lint, types, floors, dead code
//   --only=tests    unit, API and browser tests
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { progressLine, run } from './lib/run.mjs';

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const totals = { passed: 0, failed: 0, skipped: 0 };

const checks = [
  ['Format and lint', ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.']],
  ['Types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  [
    'Floors of the house',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'packages',
      'apps',
      'bench',
      'examples',
    ],
  ],
  ['Dead code', ['node_modules/knip/bin/knip.js', '--no-progress']],
];

/** A check that saw no modules has not looked (dependency-cruiser says "no violations" even then). */
const sawNothing = (label, output) => label === 'Floors of the house' && !/\([1-9]\d{1,} modules/.test(output);

async function runCheck([label, args]) {
  const done = progressLine(label);
  const { code, output, seconds } = await run('node', args, { quiet: true });
  const failed = code !== 0 || sawNothing(label, output);
  totals[failed ? 'failed' : 'passed']++;
  done(failed ? `failed\n${output}` : `passed (${seconds.toFixed(1)} s)`);
}

async function runTests() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'qurriculum-test-'));
  const report = path.join(folder, 'report.json');
  try {
    await run('node', [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    countTests(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    // No report: the runner itself died, which must never read as a pass.
    process.stderr.write(`Tests: expected a report from vitest, got none (${error.message}).\n`);
    totals.failed++;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report) {
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  // A file that fails before its first test has no failed test to count; an error outside any test has none either.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  );
  totals.failed += brokenFiles.length;
  if (!report.success && totals.failed === 0) totals.failed++;
}

try {
  await ensureInstalled();
  await buildAll();
  if (only !== 'tests') for (const check of checks) await runCheck(check);
  if (only !== 'checks') await runTests();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  totals.failed++;
}
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
