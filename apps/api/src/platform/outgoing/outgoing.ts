import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { AllowedHosts, isPublicAddress } from './addresses.js';

const MOST_ANSWER_BYTES = 4_096;
const MOST_URL = 2_000;

/** The request was not made: where it leads to is not allowed. Trying again changes nothing until a person does. */
export class AddressNotAllowed extends Error {
  override readonly name = 'AddressNotAllowed';
}

export interface OutgoingAnswer {
  status: number;
  /** The beginning of what was answered. */
  text: string;
}

/** What a name stands for now; tests put their own in its place. */
@Injectable()
export class NameLookup {
  async addressesOf(host: string): Promise<string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }
}

/**
 * Requests to addresses that people of the workspace type in. They reach the open Internet and what the operator lists,
 * nothing else: each connection looks its name up once and goes to the very address that was checked, redirects are not
 * followed, answers are read in part and waited for a limited time.
 */
@Injectable()
export class Outgoing {
  private readonly allowed: AllowedHosts;
  private readonly timeoutMs: number;

  constructor(
    config: Config,
    private readonly names: NameLookup,
  ) {
    this.allowed = config.outgoing.allowedHosts;
    this.timeoutMs = config.outgoing.timeoutMs;
  }

  /** The reason why an address can never be called as it is written; null: it may be tried. */
  refusal(address: string): string | null {
    if (address.length > MOST_URL) return `is longer than ${MOST_URL} characters`;
    if (!URL.canParse(address)) return 'is not an address such as https://hooks.example.com/steward';
    const { protocol, port, username, password, hostname } = new URL(address);
    if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https://';
    if (username !== '' || password !== '') return 'must not hold a user or password';
    const host = bare(hostname);
    if (this.allowed.hasName(host) || this.allowed.hasAddress(host)) return null;
    if (protocol === 'http:') return 'must begin with https://';
    if (port !== '' && Number(port) < 1024) return 'names a port that is not for https';
    if (isIP(host) !== 0 && !isPublicAddress(host)) return 'leads to an address that is not public';
    return null;
  }

  /** Answers whatever status came back; throws `AddressNotAllowed`, or what went wrong on the way. */
  async post(
    address: string,
    { headers, body }: { headers: Record<string, string>; body: string },
  ): Promise<OutgoingAnswer> {
    const refused = this.refusal(address);
    if (refused !== null) throw new AddressNotAllowed(`The address ${refused}.`);
    const url = new URL(address);
    const request = url.protocol === 'https:' ? requestTls : requestPlain;
    const late = AbortSignal.timeout(this.timeoutMs);
    try {
      return await new Promise<OutgoingAnswer>((resolve, reject) => {
        const sent = request(url, {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          // A connection of its own, so that none is used again whose address was checked for something else.
          agent: false,
          lookup: this.checkedLookup,
          signal: late,
        });
        sent.on('error', reject);
        sent.on('response', (answer) =>
          beginningOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), reject),
        );
        sent.end(body);
      });
    } catch (error) {
      if (late.aborted) throw new Error(`No answer within ${this.timeoutMs / 1000} seconds.`);
      throw error;
    }
  }

  private readonly checkedLookup: LookupFunction = (host, options, callback) => {
    this.checkedAddresses(host).then(
      (addresses) => {
        if (options.all) callback(null, addresses);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      },
      (error) => callback(error, ''),
    );
  };

  /** One that is not allowed among several makes the name as a whole suspect. */
  private async checkedAddresses(host: string): Promise<{ address: string; family: number }[]> {
    const addresses = await this.names.addressesOf(host);
    if (addresses.length === 0) throw new Error(`${host} has no address.`);
    const isFree = this.allowed.hasName(host);
    if (!isFree && !addresses.every((address) => isPublicAddress(address) || this.allowed.hasAddress(address))) {
      throw new AddressNotAllowed(`${host} leads to an address that is not public.`);
    }
    return addresses.map((address) => ({ address, family: isIP(address) }));
  }
}

/** An IPv6 address stands in brackets in a URL. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

async function beginningOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= MOST_ANSWER_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES).toString('utf8');
}
