/**
 * Requests to addresses that people entered. They must not lead to what only this machine or its network is meant to reach:
 * other services on it, routers, the metadata of a cloud. So only public addresses are taken (those that IANA's registries of
 * special-purpose addresses, RFC 6890, leave), and what the operator allows besides. The address is checked when the
 * connection is made, where nothing lies between the look-up and the use: a name may lead elsewhere the next time.
 */
import { lookup as lookUp } from 'node:dns';
import http, { type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'address-refused';
}

/** Whether a request to a host (a name, or an address itself) may go to this address. */
export type OutgoingPolicy = (host: string, address: string) => boolean;

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

function networks(...list: string[]): BlockList {
  const block = new BlockList();
  for (const network of list) {
    const [address, bits] = network.split('/');
    block.addSubnet(address, Number(bits), familyOf(address));
  }
  return block;
}

const special4 = networks(
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
);
/** All that is handed out to be reached from everywhere: IPv4 in disguise (::ffff:0:0/96, 64:ff9b::/96) lies outside. */
const global6 = networks('2000::/3');
/** Within it: protocols (Teredo among them), documentation, 6to4. */
const special6 = networks('2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');

const isPublic = (address: string): boolean =>
  isIP(address) === 4
    ? !special4.check(address, 'ipv4')
    : isIP(address) === 6 && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');

/**
 * @param allowed names, addresses (10.1.2.3) and networks (10.1.0.0/16) that may be reached besides public addresses. A name
 * allows whatever it leads to.
 * @throws RangeError for a network that is none
 */
export function createOutgoingPolicy(allowed: readonly string[] = []): OutgoingPolicy {
  const names = new Set(
    allowed.filter((entry) => isIP(entry) === 0 && !entry.includes('/')).map((name) => name.toLowerCase()),
  );
  const inside = new BlockList();
  for (const entry of allowed) {
    const [address, bits] = entry.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (bits === undefined) {
      if (family !== 0) inside.addAddress(address, familyOf(address));
    } else if (family !== 0 && /^\d+$/.test(bits) && Number(bits) <= most) {
      inside.addSubnet(address, Number(bits), familyOf(address));
    } else {
      throw new RangeError(`outgoing: expected a network such as 10.1.0.0/16, got "${entry}"; correct it.`);
    }
  }
  return (host, address) =>
    names.has(host.toLowerCase()) ||
    isPublic(address) ||
    (isIP(address) !== 0 && inside.check(address, familyOf(address)));
}

/** The host of a URL as it is looked up: an IPv6 address without its brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const refused = (host: string): AddressRefused =>
  new AddressRefused(`outgoing: expected a public address, got "${host}"; the operator can allow it.`);

const guardedLookup =
  (policy: OutgoingPolicy): LookupFunction =>
  (host, options, callback) =>
    lookUp(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const allowed = found.filter(({ address }) => policy(host, address));
      if (allowed.length === 0) return callback(refused(host), '');
      if (options.all === true) callback(null, allowed);
      else callback(null, allowed[0].address, allowed[0].family);
    });

/**
 * Looks a URL's host up. @throws AddressRefused where none of its addresses may be reached; an error with the code of
 * `dns.lookup` where it cannot be found.
 */
export function requireReachable(url: URL, policy: OutgoingPolicy): Promise<void> {
  const host = hostOf(url);
  if (isIP(host) !== 0) return policy(host, host) ? Promise.resolve() : Promise.reject(refused(host));
  return new Promise((resolve, reject) =>
    guardedLookup(policy)(host, { all: true }, (error) => (error === null ? resolve() : reject(error))),
  );
}

export interface OutgoingPost {
  readonly body: string;
  readonly headers: OutgoingHttpHeaders;
  readonly signal: AbortSignal;
}

/**
 * Sends a POST and gives the status of the answer, of which nothing else is read; redirects are not followed.
 * @throws AddressRefused before anything is sent; the error of the connection, with its code.
 */
export async function postTo(
  url: URL,
  policy: OutgoingPolicy,
  { body, headers, signal }: OutgoingPost,
): Promise<number> {
  // An address in place of a name is connected to without a look-up.
  if (isIP(hostOf(url)) !== 0) await requireReachable(url, policy);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    // Without an agent: a connection that is kept, or a proxy's, would go past the look-up.
    const options = { method: 'POST', headers, signal, agent: false, lookup: guardedLookup(policy) } as const;
    const sent = request(url, options, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
