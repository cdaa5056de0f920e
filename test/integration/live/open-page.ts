import { type ClientRequest, type IncomingMessage, request } from 'node:http';

/** A page's stream of live updates, read as a browser does. */
export class OpenPage {
  text = '';
  private readonly events: { name: string; data: any }[] = [];
  private wake: () => void = () => undefined;
  readonly ended: Promise<void>;

  private constructor(
    private readonly asked: ClientRequest,
    answer: IncomingMessage,
  ) {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => {
      this.text += part;
      rest += part;
      const blocks = rest.split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) this.take(block);
      this.wake();
    });
    this.ended = new Promise((resolve) => answer.once('close', () => resolve()));
    // Cut off by the test itself, or by the server's end.
    answer.on('error', () => undefined);
  }

  static open(url: string, cookie: string): Promise<OpenPage> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { headers: { cookie, accept: 'text/event-stream' } }, (answer) => {
        if (answer.statusCode === 200) resolve(new OpenPage(asked, answer));
        else reject(new Error(`The stream was refused with ${answer.statusCode}`));
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  /** The next event of this name, waited for. */
  async next(name: 'hint' | 'resync' | 'ended'): Promise<any> {
    for (;;) {
      const at = this.events.findIndex((event) => event.name === name);
      if (at >= 0) return this.events.splice(at, 1)[0]!.data;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  close(): void {
    this.asked.destroy();
  }

  private take(block: string): void {
    const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1];
    const name = field('event');
    if (name) this.events.push({ name, data: JSON.parse(field('data') ?? '{}') });
  }
}
