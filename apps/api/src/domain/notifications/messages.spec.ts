import { type AlertMessage, type DeskMessage, mailOf, newsText, webhookBody } from './messages.js';
import { pauseAfter } from './retries.js';

const message = (given: Partial<AlertMessage> = {}): AlertMessage => ({
  news: 'opened',
  alertId: 'al-1',
  alertKind: 'churn',
  severity: 'high',
  text: 'Health fell to 24',
  rule: { key: 'churn-risk', name: 'Churn risk' },
  account: { id: 'ac-1', externalId: 'ACC-1', name: 'Acme' },
  day: '2026-04-15',
  at: '2026-04-15T09:00:00.000Z',
  ...given,
});
const at = { publicUrl: 'https://steward.example.com' };

describe('a mail', () => {
  it('names account, reason and the way there', () => {
    const { subject, text } = mailOf([message()], at);
    expect(subject).toBe('Acme: Health fell to 24');
    expect(text).toContain('https://steward.example.com/accounts/ac-1');
  });

  it('sums up where there is more than one', () => {
    const other = message({ account: { id: 'ac-2', externalId: 'ACC-2', name: 'Beta' } });
    expect(mailOf([message(), message({ text: 'Invoice overdue' }), other], at).subject).toBe('3 alerts on 2 accounts');
  });

  it('tells of more than alerts, each with what it is', () => {
    const { account, day, at: when } = message();
    const news: DeskMessage = {
      news: 'mention',
      alertId: null,
      text: 'Cora mentioned you: look',
      account,
      day,
      at: when,
    };
    expect(mailOf([news], at)).toMatchObject({ subject: 'Acme: Cora mentioned you: look' });
    const { subject, text, html } = mailOf([news, message()], at);
    expect(subject).toBe('2 messages on 1 account');
    expect(text).toContain('Acme\nCora mentioned you: look');
    expect(text).toContain('Acme (high)\nHealth fell to 24');
    expect(html).not.toContain('undefined');
  });

  it('shows names as text, and lets none add a header', () => {
    const hostile = message({ account: { id: 'a', externalId: 'a', name: '<img src=x onerror=1>\r\nBcc: x@y.z' } });
    const { subject, html } = mailOf([hostile], at);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain('<img');
  });
});

describe('what a webhook receives', () => {
  it('is told by type, and has a line that Slack shows', () => {
    const body = webhookBody('d-1', message({ news: 'escalated' }), at);
    expect(body).toMatchObject({
      id: 'd-1',
      type: 'alert.escalated',
      alert: { severity: 'high' },
      account: { name: 'Acme' },
    });
    expect(body).toMatchObject({ text: '<https://steward.example.com/accounts/ac-1|Acme> (high) Health fell to 24' });
  });

  it('calls nobody in a channel', () => {
    const hostile = message({ account: { id: 'a', externalId: 'a', name: '<!channel> & co' } });
    expect(JSON.stringify(webhookBody('d', hostile, at))).toContain('&lt;!channel&gt; &amp; co');
  });
});

it('says what became of an alert in one line', () => {
  expect(newsText('severity', 'critical', 'Health fell\nto 24')).toBe('Now critical: Health fell to 24');
});

it('is tried again later and later, and given up in the end', () => {
  expect([1, 2, 6].map(pauseAfter)).toEqual([10_000, 60_000, 21_600_000]);
  expect(pauseAfter(7)).toBeNull();
});
