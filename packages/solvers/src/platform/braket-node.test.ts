import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSolvers } from '../portfolio/solvers.ts';
import { createBraketSolver } from '../remote/gate/braket.ts';
import type { RemoteOptions, RemoteSolver } from '../remote/remote-solver.ts';
import { remoteFaults, type StandIn } from '../remote/testing/remote-faults.ts';
import {
  type FakePlatform,
  fakePlatform,
  type Reply,
  type SeenRequest,
  startVendor,
} from '../remote/testing/vendor-server.ts';
import { braketFromEnvironment } from './braket-node.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ARN = 'arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet';
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: SECRET,
  BRAKET_DEVICE_ARN: ARN,
  BRAKET_OUTPUT_BUCKET: 'amazon-braket-test',
};

interface BraketStandIn extends StandIn {
  deviceStatus: string;
  readonly tokens: Set<string>;
}

/** Braket's REST interface and S3 on one port; whoever does not sign as the given access key is refused. */
async function startAws(): Promise<BraketStandIn> {
  const shots = new Map<string, number>();
  const standIn: BraketStandIn = {
    server: await startVendor(answer),
    queuedPolls: 0,
    end: 'completed',
    reason: '',
    cancelled: [],
    started: 0,
    deviceStatus: 'ONLINE',
    tokens: new Set(),
  };
  function answer({ method, path, headers, body }: SeenRequest): Reply {
    const authorization = `${headers['authorization']}`;
    if (!authorization.startsWith('AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/')) return { status: 403 };
    const [, kind, name, what] = path.split('/').map(decodeURIComponent);
    if (kind === 'device') {
      const capabilities = { paradigm: { qubitCount: 20 } };
      const { deviceStatus } = standIn;
      return { json: { deviceArn: ARN, deviceStatus, deviceCapabilities: JSON.stringify(capabilities) } };
    }
    if (kind === 'amazon-braket-test') {
      expect(authorization).toContain('/eu-north-1/s3/aws4_request');
      return { json: measured(shots.get(path.split('/')[3])!) };
    }
    if (method === 'POST') {
      const task = JSON.parse(body);
      expect(task).toMatchObject({
        deviceArn: ARN,
        outputS3Bucket: 'amazon-braket-test',
        outputS3KeyPrefix: 'qurriculum',
      });
      if (!standIn.tokens.has(task.clientToken)) standIn.started++;
      standIn.tokens.add(task.clientToken);
      shots.set(`task-${standIn.started}`, task.shots);
      return { status: 201, json: { quantumTaskArn: `arn:aws:braket:task/task-${standIn.started}` } };
    }
    if (what === 'cancel' || path.endsWith('/cancel')) {
      standIn.cancelled.push(path.split('/')[2] && decodeURIComponent(path.split('/')[2]));
      return { status: 409, headers: { 'x-amzn-ErrorType': 'ConflictException' }, json: { message: 'it has ended' } };
    }
    const status = standIn.queuedPolls-- > 0 ? 'QUEUED' : standIn.end.toUpperCase();
    const outputS3Directory = `qurriculum/${name.split('/')[1]}`;
    return {
      json: {
        status,
        failureReason: standIn.reason || undefined,
        outputS3Bucket: 'amazon-braket-test',
        outputS3Directory,
      },
    };
  }
  return standIn;
}

/** Fair coins: what is tested is the way there and back. */
function measured(shots: number): unknown {
  const random = createRandom(1);
  const measurements = Array.from({ length: shots }, () => Array.from({ length: 5 }, () => random.integer(2)));
  return { measuredQubits: [0, 1, 2, 3, 4], measurements };
}

const paid: RemoteOptions = { limits: { amount: 5, priceAgeDays: 400 } };
let aws: BraketStandIn;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.server.close());
const device = (platform: FakePlatform) =>
  braketFromEnvironment(platform, { endpoint: aws.server.url, storageEndpoint: aws.server.url });
const create = (platform: FakePlatform, options: RemoteOptions): RemoteSolver =>
  createBraketSolver(platform, { ...device(platform), ...options });

describe('braket by the AWS SDK: faults', () => {
  remoteFaults({
    secret: SECRET,
    standIn: () => aws,
    create,
    platform: () => fakePlatform(ENVIRONMENT),
    bare: () => fakePlatform(),
    paid,
  });
});

describe('braket by the AWS SDK', () => {
  const problem = randomBqm(5, 'SPIN', 4);

  it('starts no second task when the answer to the first was lost', async () => {
    const one = create(fakePlatform(ENVIRONMENT), paid);
    // The device's description, then the task.
    aws.server.faults.push(
      { json: { deviceStatus: 'ONLINE', deviceCapabilities: '{"paradigm":{"qubitCount":5}}' } },
      'cut',
    );
    await one.submit(problem);
    expect(aws.tokens.size).toBe(1);
    expect(aws.server.seen.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('asks the device first: off or too small is refused before anything is sent', async () => {
    aws.deviceStatus = 'OFFLINE';
    await expect(create(fakePlatform(ENVIRONMENT), paid).submit(problem)).rejects.toThrow(/got it OFFLINE/);
    aws.deviceStatus = 'ONLINE';
    const large = randomBqm(21, 'SPIN', 1, 0.1);
    await expect(create(fakePlatform(ENVIRONMENT), paid).submit(large)).rejects.toMatchObject({ code: 'DOES_NOT_FIT' });
    expect(aws.started).toBe(0);
  });

  it.each([
    ['ExpiredTokenException', 'UNAUTHORISED'],
    ['ValidationException', 'REJECTED'],
    ['ThrottlingException', 'THROTTLED'],
  ])('%s is %s', async (type, code) => {
    const one = create(fakePlatform(ENVIRONMENT), paid);
    const handle = await one.submit(problem);
    const fault = { status: 400, headers: { 'x-amzn-ErrorType': type }, json: { message: `because ${SECRET}` } };
    aws.server.faults.push(...Array.from({ length: 6 }, () => fault));
    await expect(one.poll(handle)).rejects.toMatchObject({ code, message: expect.not.stringContaining(SECRET) });
  });

  it('is in the list of solvers where a device is given, configured or not', () => {
    const bare = fakePlatform();
    expect(createSolvers(bare).has('braket')).toBe(false);
    const { configuration } = createSolvers(bare, [], { braket: device(bare) }).get('braket')!;
    expect(configuration).toEqual({ configured: false, missing: Object.keys(ENVIRONMENT) });
    const ready = fakePlatform(ENVIRONMENT);
    expect(createSolvers(ready, [], { braket: device(ready) }).get('braket')!.configuration!.configured).toBe(true);
  });
});
