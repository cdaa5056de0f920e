import type { AlertKind, AlertSeverity } from '@steward/shared/alerts';
import type { DeskNewsKind, NewsKind } from '@steward/shared/notifications';
import { assertUnreachable } from '../assert-unreachable.js';
import { type GatheredTask, toldAsSeen } from './gathered-tasks.js';

interface About {
  text: string;
  account: { id: string; externalId: string; name: string };
  day: string;
  at: string;
}

/** What is told of an alert, as it was when it happened. Kept with a delivery, so that a repeated one says the same. */
export interface AlertMessage extends About {
  news: NewsKind;
  alertId: string;
  alertKind: AlertKind;
  severity: AlertSeverity;
  /** Null: raised by hand. */
  rule: { key: string | null; name: string } | null;
}

/** What is told of all else. */
export interface DeskMessage extends About {
  news: DeskNewsKind;
  alertId: string | null;
  /** Tasks on several accounts that it tells in one; else it is about its account alone. */
  tasks?: GatheredTask[];
}

export type Message = AlertMessage | DeskMessage;

function isOfAlert(message: Message): message is AlertMessage {
  return 'severity' in message;
}

const tasksOf = (message: Message) => (isOfAlert(message) ? undefined : message.tasks);

/** Ids of all accounts that a message names. */
export function accountsNamed(message: Message): string[] {
  return tasksOf(message)?.map(({ account }) => account.id) ?? [message.account.id];
}

/** The message without accounts that its reader may not see; null where nothing is left to tell. */
export function messageAsSeen(message: Message, sees: (accountId: string) => boolean): Message | null {
  const tasks = tasksOf(message);
  if (tasks === undefined) return sees(message.account.id) ? message : null;
  const told = toldAsSeen(tasks, sees);
  return told === null ? null : { ...message, ...told };
}

/** The reason of an alert with what became of it, in one line. */
export function newsText(news: NewsKind, severity: AlertSeverity, reason: string): string {
  const line = reason.replace(/\s+/g, ' ').trim();
  switch (news) {
    case 'opened':
      return line;
    case 'assigned':
      return `Assigned: ${line}`;
    case 'escalated':
      return `Not acknowledged in time: ${line}`;
    case 'severity':
      return `Now ${severity}: ${line}`;
    case 'woken':
      return `Awake again: ${line}`;
    default:
      return assertUnreachable(news);
  }
}

const severityOf = (message: Message) => (isOfAlert(message) ? ` (${message.severity})` : '');

const accountUrl = (publicUrl: string, { account }: Message) => `${publicUrl}/accounts/${account.id}`;

/** Control characters end lines and headers; a name has none. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ');

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** One mail for one message or for many of them, the most recent last. */
export function mailOf(messages: readonly Message[], { publicUrl }: { publicUrl: string }): Mail {
  const [only] = messages;
  const accounts = new Set(messages.map(({ account }) => account.id)).size;
  const what = messages.every(isOfAlert) ? 'alerts' : 'messages';
  const subject =
    messages.length === 1 && only
      ? `${only.account.name}: ${only.text}`
      : `${messages.length} ${what} on ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
  const settings = `${publicUrl}/settings/notifications`;
  const text = messages.map(
    (each) => `${oneLine(each.account.name)}${severityOf(each)}\n${each.text}\n${accountUrl(publicUrl, each)}`,
  );
  const html = messages.map(
    (each) =>
      `<p><a href="${escapeHtml(accountUrl(publicUrl, each))}"><strong>${escapeHtml(each.account.name)}</strong></a>` +
      `${severityOf(each)}<br>${escapeHtml(each.text)}</p>`,
  );
  return {
    subject: oneLine(subject).slice(0, 200),
    text: `${text.join('\n\n')}\n\n--\nWhat reaches you, and when: ${settings}\n`,
    html: `${html.join('\n')}\n<p><small><a href="${escapeHtml(settings)}">What reaches you, and when</a></small></p>\n`,
  };
}

/** Slack reads these three signs; without them no name can call a channel or hide a link. */
const escapeSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a webhook receives; `text` alone is what Slack and programs like it show. */
export function webhookBody(id: string, message: AlertMessage, { publicUrl }: { publicUrl: string }): object {
  const { account, rule, news, text, day, at, alertId, alertKind, severity } = message;
  const url = accountUrl(publicUrl, message);
  return {
    id,
    type: `alert.${news}`,
    at,
    text: `<${url}|${escapeSlack(oneLine(account.name)).replaceAll('|', '/')}> (${severity}) ${escapeSlack(text)}`,
    alert: { id: alertId, kind: alertKind, severity, reason: text, day, rule },
    account: { ...account, url },
  };
}
