import type { Notification } from '@steward/shared/notifications';
import { afterReading } from './notifications.js';

const notification = (id: string, readAt: string | null = null): Notification => ({
  id,
  accountId: 'a',
  accountName: 'Acme',
  alertId: 'al',
  news: 'opened',
  alertKind: 'churn',
  ruleId: null,
  severity: 'high',
  text: 'Health fell to 24',
  at: '2026-04-15T09:00:00Z',
  readAt,
});
const list = {
  notifications: [notification('1'), notification('2', '2026-04-15T10:00:00Z'), notification('3')],
  unread: 9,
};

it('counts down by those that were unread, however often one is read', () => {
  expect(afterReading(list, ['1', '2']).unread).toBe(8);
  expect(afterReading(afterReading(list, ['1']), ['1']).unread).toBe(8);
});

it('leaves nothing unread when all are read, those further down included', () => {
  const { unread, notifications } = afterReading(list, null);
  expect(unread).toBe(0);
  expect(notifications.every(({ readAt }) => readAt !== null)).toBe(true);
});
