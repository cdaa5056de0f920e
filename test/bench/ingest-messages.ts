import { createHash } from 'node:crypto';

/** Who did what when, in the words of the sender. */
export interface Happening {
  messageId: string;
  account: string;
  contact: string;
  name: string;
  occurredAt: string;
  properties: Record<string, unknown>;
}

export interface HappeningsOptions {
  accounts: number;
  contacts: number;
  events: number;
  /** Milliseconds since 1970 of the first. */
  from: number;
}

const PLANS = ['starter', 'team', 'business', 'enterprise'];
const PAGES = ['reports', 'projects', 'inbox', 'settings', 'members', 'automations', 'billing'];
const BROWSERS = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148',
];

/** The same text always gives the same id, so that a round can be sent again. */
function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/**
 * What happens in a round, one after the other, a millisecond apart; people of all accounts mixed, as many of them as
 * there are, which is the least that a batch can have in common.
 */
export function* happenings(round: string, options: HappeningsOptions): Generator<Happening> {
  const people = options.accounts * options.contacts;
  const step = Math.floor(people * 0.618) | 1;
  for (let n = 0; n < options.events; n += 1) {
    const person = (n * step) % people;
    const account = Math.floor(person / options.contacts);
    yield {
      messageId: uuidOf(`${round}-${n}`),
      account: `A-${account}`,
      contact: `A-${account}-${person % options.contacts}`,
      name: 'Feature Used',
      occurredAt: new Date(options.from + n).toISOString(),
      properties: {
        feature: `feature-${n % 20}`,
        plan: PLANS[account % PLANS.length],
        workspaceId: `ws_${(7919 * account).toString(36)}`,
        page: PAGES[n % PAGES.length],
        durationMs: 37 + ((n * 7919) % 9_000),
        items: n % 25,
        succeeded: n % 50 !== 0,
      },
    };
  }
}

/** As Segment's libraries send it from a browser. */
function trackMessage(happening: Happening): object {
  const { messageId, account, contact, name, occurredAt, properties } = happening;
  const page = `/${properties['page']}`;
  return {
    type: 'track',
    messageId,
    anonymousId: uuidOf(contact),
    userId: contact,
    event: name,
    timestamp: occurredAt,
    properties,
    context: {
      groupId: account,
      ip: `203.0.113.${contact.length % 250}`,
      library: { name: 'analytics.js', version: 'npm:next-1.81.1' },
      locale: 'en-GB',
      timezone: 'Europe/Berlin',
      page: { path: page, referrer: '', title: 'Example', url: `https://app.example.com${page}` },
      userAgent: BROWSERS[contact.length % BROWSERS.length],
    },
    integrations: {},
    sentAt: occurredAt,
  };
}

export const batchBody = (batch: readonly Happening[]) => JSON.stringify({ batch: batch.map(trackMessage) });

export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
