import { createRandom } from '@qurriculum/random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteError } from './remote-error.ts';
import { fakePlatform, startVendor, type VendorServer } from './testing/vendor-server.ts';
import { createVendorHttp } from './vendor-http.ts';

const SECRET = 'key-that-nobody/may see';
let server: VendorServer;
beforeEach(async () => {
  server = await startVendor(() => ({ json: { fine: true } }));
});
afterEach(() => server.close());

function client(seed = 1) {
  const platform = fakePlatform();
  const http = createVendorHttp(platform, { vendor: 'Test', secrets: [SECRET], random: createRandom(seed) });
  const get = (more = {}) => http.json({ method: 'GET', url: `${server.url}jobs/1?key=${SECRET}`, ...more });
  return { platform, get };
}

const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('expected an error'),
    (error: RemoteError) => error,
  );

describe('createVendorHttp', () => {
  it('waits as long as a 429 asks, in seconds or by a date', async () => {
    const { platform, get } = client();
    const date = new Date((platform.wallTime() + 217) * 1000).toUTCString();
    server.faults.push(
      { status: 429, headers: { 'Retry-After': '100' } },
      { status: 429, headers: { 'Retry-After': date } },
    );
    expect(await get()).toEqual({ fine: true });
    expect(platform.waits).toEqual([100, 117]);
  });

  it('doubles the range of its waits, the same for the same seed, and gives up at last', async () => {
    const waits: number[][] = [];
    for (const seed of [1, 1, 2]) {
      const { platform, get } = client(seed);
      server.faults.push(...Array.from({ length: 6 }, () => ({ status: 500 })));
      expect(await failed(get())).toMatchObject({ code: 'UNAVAILABLE' });
      waits.push(platform.waits);
      for (const [k, wait] of platform.waits.entries()) expect(wait).toBeLessThan(2 ** k);
    }
    expect(waits[0]).toHaveLength(5);
    expect(waits[1]).toEqual(waits[0]);
    expect(waits[2]).not.toEqual(waits[0]);
  });

  it('repeats after a cut connection and a cut body, but not what would start a second job', async () => {
    const { get } = client();
    server.faults.push('cut', 'half');
    expect(await get()).toEqual({ fine: true });
    expect(server.seen).toHaveLength(3);
    for (const fault of ['cut', 'half', { status: 500 }, { status: 504 }] as const) {
      server.faults.push(fault);
      const before = server.seen.length;
      const error = await failed(get({ method: 'POST', json: {}, repeatable: false }));
      expect(error.message).toMatch(/whether the job was taken/);
      expect(server.seen).toHaveLength(before + 1);
    }
    server.faults.push({ status: 503 }, { status: 429 });
    expect(await get({ method: 'POST', json: {}, repeatable: false })).toEqual({ fine: true });
  });

  it.each([
    [{ status: 401, text: 'expired' }, 'UNAUTHORISED'],
    [{ status: 400, text: 'bad shots' }, 'REJECTED'],
    [{ text: '<html>' }, 'BAD_RESPONSE'],
    [{ status: 429, headers: { 'Retry-After': '86400' } }, 'THROTTLED'],
  ] as const)('%j is %s at once', async (fault, code) => {
    const { platform, get } = client();
    server.faults.push(fault);
    expect(await failed(get())).toMatchObject({ code });
    expect(platform.waits).toEqual([]);
  });

  it('shows no secret, whatever the vendor sends back, not even half of one', async () => {
    const { get } = client();
    const echo = `${'x'.repeat(190)}${SECRET} and ${encodeURIComponent(SECRET)}`;
    for (const fault of [{ status: 401, text: echo }, { text: echo }, { status: 400, text: SECRET }]) {
      server.faults.push(fault);
      const { message, stack } = await failed(get());
      expect(`${message}${stack}`).not.toMatch(/key-that|nobody|may/);
    }
  });

  it('ends with the reason of the signal', async () => {
    const { get } = client();
    await expect(get({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
