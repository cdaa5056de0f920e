import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../config/config.js';
import { NameLookup, Outgoing } from './outgoing.js';

let server: Server | null = null;
let asked: { url: string | undefined; body: string }[] = [];

/** A server on this machine; it hears what reaches it. */
async function listening(answer: RequestListener): Promise<number> {
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      asked.push({ url: request.url, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
});

class Names extends NameLookup {
  lookups = 0;

  constructor(private readonly answers: string[][]) {
    super();
  }

  override async addressesOf(): Promise<string[]> {
    const answer = this.answers[Math.min(this.lookups, this.answers.length - 1)]!;
    this.lookups += 1;
    return answer;
  }
}

function outgoing({ allowed = '', names = new NameLookup(), seconds = 5 } = {}) {
  const config = readConfig({
    DATABASE_URL: 'postgres://x@127.0.0.1/x',
    OUTGOING_PRIVATE_HOSTS: allowed,
    OUTGOING_TIMEOUT_SECONDS: String(seconds),
  });
  return new Outgoing(config, names);
}

const message = { headers: { 'content-type': 'application/json' }, body: '{"a":1}' };

describe('a request to an address that somebody typed in', () => {
  it('reaches a host of one’s own network only where the operator lists it', async () => {
    const port = await listening((_, response) => response.end('taken'));
    const address = `http://127.0.0.1:${port}/hook`;
    await expect(outgoing().post(address, message)).rejects.toThrow('https');
    await expect(outgoing({ allowed: '127.0.0.1' }).post(address, message)).resolves.toEqual({
      status: 200,
      text: 'taken',
    });
    expect(asked).toEqual([{ url: '/hook', body: '{"a":1}' }]);
  });

  it.each([
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:169.254.169.254]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.5/x',
  ])('is not made to %s', async (address) => {
    await expect(outgoing().post(address, message)).rejects.toThrow('not public');
  });

  it.each([
    'ftp://example.com/',
    'http://example.com/',
    'https://example.com:22/',
    'https://u:p@example.com/',
    'nonsense',
  ])('is refused for %s', (address) => {
    expect(outgoing().refusal(address)).not.toBeNull();
  });

  it('is not made to a name that stands for a private address', async () => {
    const names = new Names([['127.0.0.1']]);
    await expect(outgoing({ names }).post('https://hooks.example.com/', message)).rejects.toThrow('not public');
  });

  it('is not made where one of several addresses is private', async () => {
    const names = new Names([['93.184.216.34', '10.0.0.7']]);
    await expect(outgoing({ names }).post('https://hooks.example.com/', message)).rejects.toThrow('not public');
  });

  it('goes to the very address that was checked: a name that answers otherwise the second time gains nothing', async () => {
    const port = await listening((_, response) => response.end('inside'));
    // The first look-up of each connection is the only one.
    const names = new Names([['203.0.113.200'], ['127.0.0.1']]);
    const careful = outgoing({ names, allowed: '203.0.113.0/24', seconds: 1 });
    await expect(careful.post(`https://hooks.example.com:${port}/`, message)).rejects.toThrow();
    expect(names.lookups).toBe(1);
    // Asked again, it stands for this machine, and is refused.
    await expect(careful.post(`https://hooks.example.com:${port}/`, message)).rejects.toThrow('not public');
    expect(asked).toEqual([]);
  });

  it('does not follow a redirect, to a private address or any other', async () => {
    const port = await listening((request, response) => {
      if (request.url === '/inside') response.end('secret');
      else response.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end();
    });
    const answer = await outgoing({ allowed: '127.0.0.1' }).post(`http://127.0.0.1:${port}/hook`, message);
    expect(answer.status).toBe(302);
    expect(asked.map(({ url }) => url)).toEqual(['/hook']);
  });

  it('ends when no answer comes in time', async () => {
    const port = await listening(() => undefined);
    const calling = outgoing({ allowed: '127.0.0.1', seconds: 1 }).post(`http://127.0.0.1:${port}/`, message);
    await expect(calling).rejects.toThrow('No answer within 1 seconds');
  });

  it('ends in time too when the answer never does', async () => {
    const port = await listening((_, response) => void response.writeHead(200).write('begun'));
    const calling = outgoing({ allowed: '127.0.0.1', seconds: 1 }).post(`http://127.0.0.1:${port}/`, message);
    await expect(calling).rejects.toThrow('No answer within 1 seconds');
  });

  it('reads no more than the beginning of an endless answer', async () => {
    const port = await listening((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    const { text } = await outgoing({ allowed: '127.0.0.1' }).post(`http://127.0.0.1:${port}/`, message);
    expect(text).toHaveLength(4_096);
  });
});
