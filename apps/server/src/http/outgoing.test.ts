import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutgoingPolicy, postTo, requireReachable } from './outgoing.ts';

const none = createOutgoingPolicy();

describe('createOutgoingPolicy', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.9.9',
    ],
    ...[
      '192.0.0.8',
      '192.0.2.1',
      '192.168.1.1',
      '198.18.0.1',
      '203.0.113.9',
      '224.0.0.251',
      '240.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '::7f00:1',
      'fc00::1',
      'fd12:3456::1',
    ],
    ...['fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001:db8::1', '2001::1', '2002:7f00:1::1', 'no address'],
  ])('refuses %s', (address) => {
    expect(none('example.org', address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('takes %s', (address) => {
    expect(none('example.org', address)).toBe(true);
  });

  it('takes what the operator allows: a name wherever it leads, an address, a network', () => {
    const policy = createOutgoingPolicy(['Hooks.School.org', '10.1.0.0/16', 'fd00::5']);
    expect(policy('hooks.school.org', '192.168.0.7')).toBe(true);
    expect(policy('other.school.org', '192.168.0.7')).toBe(false);
    expect([policy('x', '10.1.255.1'), policy('x', '10.2.0.1')]).toEqual([true, false]);
    expect([policy('x', 'fd00::5'), policy('x', 'fd00::6')]).toEqual([true, false]);
    for (const wrong of ['10.1.0.0/33', '10.1/16', 'school/8', '10.1.0.0/']) {
      expect(() => createOutgoingPolicy([wrong])).toThrow(/expected a network such as 10\.1\.0\.0\/16, got/);
    }
  });
});

describe('postTo', () => {
  let server: Server;
  let port = 0;
  const told: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        told.push(`${request.method} ${request.url} ${request.headers['x-test']} ${body}`);
        response.writeHead(request.url === '/moved' ? 302 : 204, { location: '/elsewhere' }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const request = { body: 'hello', headers: { 'x-test': 'yes' }, signal: AbortSignal.timeout(10_000) };
  const to = (host: string, path = '/hook'): URL => new URL(`http://${host}:${port}${path}`);

  it('sends nothing into the own network, whatever the address is written like', async () => {
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      const url = to(host);
      await expect(postTo(url, none, request)).rejects.toMatchObject({ code: 'address-refused' });
      await expect(requireReachable(url, none)).rejects.toMatchObject({ code: 'address-refused' });
    }
    expect(told).toEqual([]);
  });

  it('looks at the address of the connection, not at an earlier look-up', async () => {
    // Public when it was entered, the own network when it is used.
    let asked = 0;
    const rebinding = (): boolean => asked++ === 0;
    await requireReachable(to('127.0.0.1'), rebinding);
    await expect(postTo(to('localhost'), rebinding, request)).rejects.toMatchObject({ code: 'address-refused' });
    expect(told).toEqual([]);
  });

  it('sends to what is allowed, and follows no redirect', async () => {
    expect(await postTo(to('localhost'), createOutgoingPolicy(['localhost']), request)).toBe(204);
    expect(await postTo(to('127.0.0.1', '/moved'), createOutgoingPolicy(['127.0.0.0/8']), request)).toBe(302);
    expect(told).toEqual(['POST /hook yes hello', 'POST /moved yes hello']);
  });

  it('tells of a host that cannot be found', async () => {
    await expect(requireReachable(new URL('http://nowhere.invalid'), none)).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
  });
});
