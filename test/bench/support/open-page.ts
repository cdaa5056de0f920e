import { type ClientRequest, request } from 'node:http';
import { systemActor } from '@steward/api/platform/auth/principal';
import { UsersService } from '@steward/api/records/users/users.service';
import type { LiveHint } from '@steward/shared/live';
import type { Product } from './product.js';

const ADMIN = { email: 'bench@example.com', password: 'a long bench password' };

/** The cookie of an admin who sees every account. */
export async function adminCookie(product: Product, url: string): Promise<string> {
  await product
    .get(UsersService)
    .create(systemActor('bench'), { ...ADMIN, fullName: 'Bench', role: 'admin', managerId: null });
  const answer = await fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-steward-request': '1' },
    body: JSON.stringify(ADMIN),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`Signing in was refused with ${answer.status}`);
  return cookie;
}

/** Hears live updates as an open page does, until `close`. */
export class OpenPage {
  private constructor(private readonly asked: ClientRequest) {}

  static open(url: string, cookie: string, onHint: (hint: LiveHint) => void): Promise<OpenPage> {
    return new Promise((resolve, reject) => {
      const asked = request(`${url}/api/v1/live`, { headers: { cookie, accept: 'text/event-stream' } }, (answer) => {
        if (answer.statusCode !== 200) {
          reject(new Error(`The stream was refused with ${answer.statusCode}`));
          return;
        }
        let rest = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          const blocks = (rest + part).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            const data = /^event: hint$[\s\S]*^data: (.*)$/m.exec(block)?.[1];
            if (data !== undefined) onHint(JSON.parse(data) as LiveHint);
          }
        });
        answer.on('error', () => undefined);
        resolve(new OpenPage(asked));
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  close(): void {
    this.asked.destroy();
  }
}
