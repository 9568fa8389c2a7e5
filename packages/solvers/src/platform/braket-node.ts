/**
 * Amazon Braket through `@aws-sdk/client-braket` 3.1048.0, for Node: an entry of its own, so that browsers never load the
 * SDK, and loaded at the first call, so that nobody waits for it who does not use it. Tasks go through the SDK; their
 * results lie in S3 and are fetched with the same credentials, signed here (`signGet`), since S3's own client would be
 * another ten megabytes for one GET.
 *
 * Credentials come from the environment only (no profiles, no metadata services): AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. No call of this module has ever reached AWS.
 */
import type { BraketClient as SdkClient } from '@aws-sdk/client-braket';
import type { Platform } from '@qurriculum/problems';
import { createRandom, mixSeed } from '@qurriculum/random';
import { type AwsCredentials, signGet } from '../remote/gate/aws-signature.ts';
import type { BraketClient, BraketDevice } from '../remote/gate/braket.ts';
import { RemoteError, type RemoteErrorCode } from '../remote/remote-error.ts';
import { createVendorHttp, type Outcome, redact, retryAfter, withRepeats } from '../remote/vendor-http.ts';

export interface BraketNodeOptions {
  /** Default: the environment's BRAKET_DEVICE_ARN. */
  readonly deviceArn?: string;
  /** Default: the environment's BRAKET_OUTPUT_BUCKET; Braket wants a name that begins with "amazon-braket-". */
  readonly outputBucket?: string;
  /** Folder in the bucket. Default: the environment's BRAKET_OUTPUT_PREFIX, else 'qurriculum'. */
  readonly outputPrefix?: string;
  /** Base addresses instead of AWS's own; S3's is followed by bucket and key. */
  readonly endpoint?: string;
  readonly storageEndpoint?: string;
  /** Of the waits between repeated requests. */
  readonly jitterSeed?: number;
}

const ACCESS_KEY = 'AWS_ACCESS_KEY_ID';
const SECRET_KEY = 'AWS_SECRET_ACCESS_KEY';
const SESSION = 'AWS_SESSION_TOKEN';
const DEVICE = 'BRAKET_DEVICE_ARN';
const BUCKET = 'BRAKET_OUTPUT_BUCKET';

/** The device for `createBraketSolver` or `createSolvers(platform, [], { braket })`. Without credentials it says so there. */
export function braketFromEnvironment(platform: Platform, options: BraketNodeOptions = {}): BraketDevice {
  const read = (name: string): string => platform.environment(name) ?? '';
  const deviceArn = options.deviceArn ?? read(DEVICE);
  const outputBucket = options.outputBucket ?? read(BUCKET);
  const missing = (): readonly string[] => [
    ...[ACCESS_KEY, SECRET_KEY].filter((name) => read(name) === ''),
    ...(deviceArn === '' ? [DEVICE] : []),
    ...(outputBucket === '' ? [BUCKET] : []),
  ];
  return {
    client: { ...createCalls(platform, regionOf(deviceArn, read('AWS_REGION')), options), missing },
    deviceArn,
    outputBucket,
    outputPrefix: options.outputPrefix ?? (read('BRAKET_OUTPUT_PREFIX') || 'qurriculum'),
  };
}

/** arn:aws:braket:REGION::device/...; simulators have none. */
function regionOf(deviceArn: string, otherwise: string): string {
  return deviceArn.split(':')[3] || otherwise || 'us-east-1';
}

function createCalls(platform: Platform, region: string, options: BraketNodeOptions): BraketClient {
  const credentials = (): AwsCredentials => ({
    accessKeyId: platform.environment(ACCESS_KEY) ?? '',
    secretAccessKey: platform.environment(SECRET_KEY) ?? '',
    sessionToken: platform.environment(SESSION),
  });
  const secrets = (): readonly string[] => [credentials().secretAccessKey, credentials().sessionToken ?? ''];
  const random = createRandom(mixSeed(options.jitterSeed ?? 0, 'braket'));
  let loading: Promise<{ readonly sdk: typeof import('@aws-sdk/client-braket'); readonly client: SdkClient }> | null =
    null;
  const load = () => {
    loading ??= import('@aws-sdk/client-braket').then((sdk) => {
      // Read at every signature, so that renewed credentials count. One attempt: repeats are ours, on the platform's clock.
      const settings = { region, credentials: async () => credentials(), maxAttempts: 1 };
      return {
        sdk,
        client: new sdk.BraketClient({ ...settings, ...(options.endpoint ? { endpoint: options.endpoint } : {}) }),
      };
    });
    return loading;
  };
  const call = <Answer>(send: (loaded: Awaited<ReturnType<typeof load>>) => Promise<Answer>): Promise<Answer> =>
    withRepeats(platform, { random }, async () => {
      const loaded = await load();
      return send(loaded).then<Outcome<Answer>, Outcome<Answer>>(
        (answer) => ({ answer }),
        (thrown: unknown) => refused(platform, thrown, secrets()),
      );
    });
  return {
    secrets,
    // Repeated freely: Braket takes a task with the same client token once.
    createQuantumTask: (input) => call(({ sdk, client }) => client.send(new sdk.CreateQuantumTaskCommand(input))),
    getQuantumTask: (input) => call(({ sdk, client }) => client.send(new sdk.GetQuantumTaskCommand(input))),
    async getDevice(input) {
      const device = await call(({ sdk, client }) => client.send(new sdk.GetDeviceCommand(input)));
      // The SDK hands JSON out as an object that is turned into text, or parsed, on demand.
      return { ...device, deviceCapabilities: String(device.deviceCapabilities) };
    },
    cancelQuantumTask: (input) =>
      call(({ sdk, client }) =>
        client.send(new sdk.CancelQuantumTaskCommand(input)).catch((thrown: unknown) => {
          // It has ended already.
          if (thrown instanceof sdk.ConflictException) return {};
          throw thrown;
        }),
      ),
    readObject(bucket, key) {
      const base = options.storageEndpoint
        ? `${options.storageEndpoint}${bucket}/`
        : `https://${bucket}.s3.${region}.amazonaws.com/`;
      const url = new URL(`${base}${key.split('/').map(encodeURIComponent).join('/')}`);
      const headers = signGet({ url, region, time: platform.wallTime() }, credentials());
      return createVendorHttp(platform, { vendor: 'S3', secrets: secrets(), random }).text({
        method: 'GET',
        url: url.href,
        headers,
      });
    },
  };
}

/** What the SDK throws: its name is the error's type at AWS, `$metadata` has the status, `$response` the answer. */
interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}

/** Types that AWS sends with status 400 (AWS's documentation, "Common Error Types"). */
const UNAUTHORISED =
  /ExpiredToken|InvalidSignature|UnrecognizedClient|InvalidClientTokenId|AccessDenied|MissingAuthentication/;

function refused(platform: Platform, thrown: unknown, secrets: readonly string[]): Outcome<never> {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as SdkError;
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
  const code = codeOf(String(error.name), status);
  const after = retryAfter(error.$response?.headers?.['retry-after'] ?? null, platform.wallTime());
  const got = `${String(error.name ?? 'an error')}${status === undefined ? '' : ` with status ${status}`}`;
  const text = `Braket: expected an answer, got ${got} (${String(error.message ?? thrown).slice(0, 200)}); ${ADVICE[code]}.`;
  const repeat = code === 'THROTTLED' || code === 'UNAVAILABLE' || code === 'NETWORK';
  return { error: new RemoteError(code, redact(text, secrets)), repeat, after };
}

type CallErrorCode = Extract<
  RemoteErrorCode,
  'UNAUTHORISED' | 'THROTTLED' | 'UNAVAILABLE' | 'NETWORK' | 'REJECTED' | 'BAD_RESPONSE'
>;

const ADVICE: Readonly<Record<CallErrorCode, string>> = {
  UNAUTHORISED: 'check that the keys are valid, not expired, and allowed to use Braket',
  THROTTLED: 'try again later',
  UNAVAILABLE: 'try again later',
  NETWORK: 'try again later',
  REJECTED: 'correct the request',
  BAD_RESPONSE: 'report it with the date',
};

function codeOf(name: string, status: number | undefined): CallErrorCode {
  if (UNAUTHORISED.test(name) || status === 401 || status === 403) return 'UNAUTHORISED';
  if (/Throttl/.test(name) || status === 429) return 'THROTTLED';
  if (name === 'SyntaxError') return 'BAD_RESPONSE';
  if (status === undefined || status < 300) return 'NETWORK';
  return status >= 500 ? 'UNAVAILABLE' : 'REJECTED';
}
