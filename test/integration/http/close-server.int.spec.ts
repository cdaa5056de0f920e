import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../../apps/api/src/platform/http/close-server.js';

describe('stopping the HTTP server', () => {
  const agent = new Agent({ keepAlive: true });
  let server: Server;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((_, response) => answer(response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(() => agent.destroy());

  function ask(): Promise<string> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, agent }, (response: IncomingMessage) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.once('end', () => resolve(text));
        response.once('error', reject);
      });
      request.once('error', reject);
    });
  }

  it('lets a running request end', async () => {
    const arrived = new Promise<ServerResponse>((resolve) => {
      answer = resolve;
    });
    const asked = ask();
    const response = await arrived;
    const closed = closeServer(server, 10_000);
    response.end('whole');
    expect(await asked).toBe('whole');
    await closed;
  });

  it('does not wait for connections that are only kept open', async () => {
    answer = (response) => response.end('done');
    await ask();
    const start = performance.now();
    await closeServer(server, 10_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('cuts off what takes longer than it may', async () => {
    const arrived = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const asked = ask().catch((error: NodeJS.ErrnoException) => error.code);
    await arrived;
    await closeServer(server, 50);
    expect(await asked).toBe('ECONNRESET');
  });
});
