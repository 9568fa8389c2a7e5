import { describe, expect, it } from 'vitest';
import { signGet } from './aws-signature.ts';

/** The credentials of the examples in AWS's documentation. */
const EXAMPLE = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const time = Date.UTC(2013, 4, 24) / 1000;
const signature = (headers: Readonly<Record<string, string>>): string =>
  headers['authorization'].split('Signature=')[1];

describe('signGet', () => {
  it('signs as the examples of the S3 documentation: an object with a range, a list with a query', () => {
    const object = { url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'), region: 'us-east-1', time };
    const headers = signGet({ ...object, headers: { range: 'bytes=0-9' } }, EXAMPLE);
    expect(signature(headers)).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
    expect(headers['authorization']).toContain(
      'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date',
    );
    const list = { ...object, url: new URL('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J') };
    expect(signature(signGet(list, EXAMPLE))).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
  });

  it('sends and signs the token of temporary credentials, and never the secret', () => {
    const url = new URL('https://b.s3.eu-north-1.amazonaws.com/a b/(1).json');
    const headers = signGet({ url, region: 'eu-north-1', time }, { ...EXAMPLE, sessionToken: 'token' });
    expect(headers).toMatchObject({ 'x-amz-security-token': 'token', 'x-amz-date': '20130524T000000Z' });
    expect(headers['authorization']).toContain('x-amz-security-token,');
    expect(JSON.stringify(headers)).not.toContain(EXAMPLE.secretAccessKey);
  });
});
