/** `start`, `import` and `path plan` as a person calls them: the real bin, its exit codes, its streams. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BinProcess, runBin, type Started, startBin, whenStarted } from '../testing/bin.ts';

let folder = '';
let server: BinProcess;
let started: Started;
const file = (name: string): string => path.join(folder, name);
const data = (): string => file('data');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-bin-'));
  const header = 'user_id,problem_id,skill,correct,order_id';
  const rows = Array.from({ length: 60 }, (_, k) => `u${k % 5},p${k % 7},s${k % 3},${k % 5 === 1 ? 0 : k % 2},${k}`);
  await writeFile(file('answers.csv'), `${[header, ...rows].join('\n')}\n`);
  await writeFile(file('more.csv'), `${[header, ...rows.map((row) => `${row}0000`)].join('\n')}\n`);
  await writeFile(file('bad-row.csv'), `${header}\nu1,p1,s1,1,900\nu1,p1,s1,perhaps,901\n`);
  await writeFile(file('empty.csv'), '');
  await writeFile(file('circle.csv'), 'prerequisite,skill\na,b\nb,a\nb,c\n');
  server = startBin('start', '--port', '0', '--no-sample', '--data', data(), '--json');
  started = await whenStarted(server);
});
afterAll(async () => {
  server.signal('SIGTERM');
  await server.ended;
  await rm(folder, { recursive: true });
});

async function courseNames(): Promise<string[]> {
  const response = await fetch(`${started.address}/api/courses`);
  const { courses } = (await response.json()) as { courses: { name: string }[] };
  return courses.map((course) => course.name);
}

describe('with a server', () => {
  it('imports through it, reports as JSON on stdout alone, and adds nothing the second time', async () => {
    const words = ['import', file('answers.csv'), '--data', data(), '--json'];
    const first = await runBin(...words);
    expect(first.err).toContain(started.address);
    expect(first.code).toBe(0);
    const report = JSON.parse(first.out);
    expect(report).toMatchObject({
      course: { name: 'answers' },
      files: [{ name: 'answers.csv', status: 'imported', rows: 60, rejected: 0, learners: 5, items: 7, skills: 3 }],
      rejects: [],
      rejectsFile: null,
      estimates: { state: 'done', result: { rows: 60, learners: 5 } },
    });
    const again = await runBin(...words);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ course: report.course, files: [{ status: 'already-imported' }] });
    // Estimated anew, with the same prerequisites as before.
    const more = await runBin('import', file('more.csv'), '--course', 'answers', '--data', data(), '--json');
    expect(JSON.parse(more.out).estimates).toMatchObject({ state: 'done', result: { rows: 120 } });
    expect(await courseNames()).toContain('answers');
  });

  it('breaks cycles when told to, and says which edges were left out', async () => {
    const words = ['import', file('circle.csv'), '--course', 'Circle', '--break-cycles', '--data', data()];
    const { code, out } = await runBin(...words);
    expect(out).toMatch(/prerequisites left out/);
    expect(code).toBe(0);
  });

  it('takes people from a OneRoster package in a folder, and names rows that were left out', async () => {
    const columns =
      'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,' +
      'phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,' +
      'primaryOrgSourcedId,pronouns';
    const roles =
      'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId';
    const at = 'active,2026-09-01T08:00:00Z';
    const user = (id: string, name: string): string => `${id},${at},true,${id},,${name},Z${','.repeat(14)}`;
    await mkdir(file('roster'));
    const manifest =
      'propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,delta\nfile.roles,delta\n';
    await writeFile(file('roster/manifest.csv'), manifest);
    await writeFile(
      file('roster/users.csv'),
      [columns, user('u2', 'Una'), user('n1', 'Nia'), user('t1', '')].join('\n'),
    );
    const role = (id: string, who: string, what: string): string => `${id},${at},${who},primary,${what},,,o,`;
    await writeFile(
      file('roster/roles.csv'),
      [roles, role('1', 'u2', 'student'), role('2', 'n1', 'teacher')].join('\n'),
    );
    const { code, out } = await runBin('import', file('roster'), '--course', 'answers', '--data', data(), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ...{ kind: 'delta', learners: { added: 1 }, tutors: { added: 1 }, rejected: 1 },
      diagnostics: [{ code: 'row.missing_required', file: 'users.csv', row: 3, field: 'givenName' }],
    });
  });

  it('plans for a learner named by key or by name', async () => {
    const { code, out, err } = await runBin('path', 'plan', '--learner', 'u1', '--data', data(), '--json');
    expect(err).not.toContain('expected');
    expect(code).toBe(0);
    const { learner, plan } = JSON.parse(out);
    expect(learner).toMatchObject({ key: 'u1', course: { name: 'answers' } });
    expect(plan.sessions.flatMap((session: { steps: unknown[] }) => session.steps)).not.toEqual([]);
    // Una Z has been imported with the key u2, and is called either.
    for (const called of ['u2', 'Una Z']) {
      const una = await runBin('path', 'plan', '--learner', called, '--data', data(), '--json');
      expect(JSON.parse(una.out).learner).toMatchObject({ key: 'u2', name: 'Una Z' });
    }
    const nobody = await runBin('path', 'plan', '--learner', 'Unna Z', '--data', data());
    expect(nobody).toMatchObject({ code: 1, out: '', err: expect.stringContaining('near are "Una Z"') });
  });

  it('refuses a second server and a taken port, saying where the first one is', async () => {
    const second = await runBin('start', '--port', '0', '--data', data());
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toContain(started.address);

    const taken = net.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as net.AddressInfo;
    const samePort = await runBin('start', '--port', String(port), '--data', file('other'));
    taken.close();
    expect(samePort).toMatchObject({ code: 1, out: '' });
    expect(samePort.err).toContain('--port');
  });

  it('keeps what was imported when killed, and starts again on its stale lock', async () => {
    const before = await courseNames();
    process.kill(started.pid, 'SIGKILL');
    expect(await server.ended).toBe(1);
    server = startBin('start', '--port', '0', '--no-sample', '--data', data(), '--json');
    started = await whenStarted(server);
    expect(await courseNames()).toEqual(before);
  });

  it('closes once, cleanly, when Ctrl-C arrives several times', async () => {
    server.signal('SIGINT');
    process.kill(started.pid, 'SIGINT');
    server.signal('SIGINT');
    expect(await server.ended).toBe(0);
    expect(server.err()).toContain('everything is kept');
  });
});

describe('without a server', () => {
  it('reports a bad row with its place, and refused files with exit code 1', async () => {
    const { code, out } = await runBin(
      ...['import', file('bad-row.csv'), file('empty.csv'), file('circle.csv')],
      ...['--course', 'Mixed', '--no-wait', '--data', data(), '--json'],
    );
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report.rejects).toMatchObject([{ file: 'bad-row.csv', line: 3, column: 'correct', got: '"perhaps"' }]);
    expect(report.rejectsFile).toContain(data());
    const outcome = Object.fromEntries(report.files.map((one: { name: string }) => [one.name, one]));
    expect(outcome['bad-row.csv']).toMatchObject({ status: 'imported', rows: 1, rejected: 1 });
    expect(outcome['empty.csv'].status).toBe('refused');
    expect(outcome['circle.csv']).toMatchObject({ status: 'refused' });
    expect(outcome['circle.csv'].problem).toMatch(/a.*b.*a|b.*a.*b/);
  });

  it('ends with 1 for a database that refuses and 2 for bad usage, nothing on stdout', async () => {
    const refused = await runBin('start', '--database', 'postgres://nobody@127.0.0.1:1/none', '--data', file('pg'));
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('127.0.0.1');
    expect(await runBin('import', '--json')).toMatchObject({ code: 2, out: '' });
    expect(await runBin('start', '--port', '70000')).toMatchObject({ code: 2, out: '' });
  });
});
