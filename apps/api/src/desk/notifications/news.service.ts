import { Injectable } from '@nestjs/common';
import { ALERT_SEVERITIES } from '@steward/shared/alerts';
import { NEWS_KINDS, type NewsKind } from '@steward/shared/notifications';
import { v5 as uuidv5 } from 'uuid';
import { announce } from '../../db/live-channel.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { deskRecipients, deskText } from '../../domain/notifications/desk-news.js';
import { type AlertMessage, newsText } from '../../domain/notifications/messages.js';
import { recipients } from '../../domain/notifications/recipients.js';
import { scopeCovers } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import {
  type NewDelivery,
  type NewNotification,
  NewsRepository,
  type UntoldEvent,
  type WebhookChoice,
} from './news.repository.js';
import { type PeopleToTell, PeopleToTellReader } from './people-to-tell.js';

const EVENTS_A_STEP = 200;
const OVER = ['resolved', 'cleared', 'dropped'];
/** What was true when its rule began, and what a replay found, is nobody's news until a person assigns it. */
const OLD_NEWS = ['start', 'replay', 'lived'];

const weight = ({ severity }: UntoldEvent) => ALERT_SEVERITIES.indexOf(severity);

function isNews(event: UntoldEvent): boolean {
  const isKind = (NEWS_KINDS as readonly string[]).includes(event.kind);
  if (!isKind || OVER.includes(event.state)) return false;
  return event.kind === 'assigned' || !OLD_NEWS.includes(event.started);
}

/**
 * Turns events of alerts into notifications and messages, each once: ids follow from event and person, and the event is
 * marked in the same transaction. Of an account, a person is told once a day, of the worst; of what is critical, always.
 */
@Injectable()
export class News {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: NewsRepository,
    private readonly people: PeopleToTellReader,
    private readonly workspaces: WorkspaceReader,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** All that nobody was told of yet; answers how many events there were. */
  async tell(): Promise<number> {
    await this.unitOfWork.run((tx) => this.tellOfHeldRules(tx));
    let told = 0;
    for (;;) {
      const events = await this.unitOfWork.run((tx) => this.step(tx));
      told += events;
      if (events < EVENTS_A_STEP) return told;
    }
  }

  /** Rules that wait for an admin to look are told to all of them. */
  private async tellOfHeldRules(tx: Tx): Promise<void> {
    await this.repository.oneAtATime(tx);
    const userIds = await this.repository.notices.tellOfHeldRules(tx, this.clock.now());
    if (userIds.length > 0) await announce(tx, { topic: 'notifications', userIds });
  }

  private async step(tx: Tx): Promise<number> {
    await this.repository.oneAtATime(tx);
    const events = await this.repository.untold(tx, EVENTS_A_STEP);
    if (events.length === 0) return 0;
    const at = this.clock.now();
    const news = events.filter(isNews).sort((a, b) => weight(b) - weight(a));
    if (news.length > 0) await this.write(tx, news, at);
    await this.repository.markTold(tx, events, at);
    // Runs announce the accounts that they compute; what is released or escalated afterwards is announced here.
    await announce(tx, { topic: 'alerts', ids: [...new Set(events.map(({ accountId }) => accountId))] });
    return events.length;
  }

  private async write(tx: Tx, events: readonly UntoldEvent[], at: Date): Promise<void> {
    const { timeZone, today } = await this.workspaces.workspace(tx);
    const day = isoOf(today);
    const people = await this.people.on(tx, day);
    const webhooks = await this.repository.webhooks(tx);
    const accounts = [...new Set(events.map(({ accountId }) => accountId))];
    const toldToday = new Set(
      (await this.repository.toldOn(tx, accounts, day)).map(({ accountId, userId }) => `${accountId} ${userId}`),
    );
    const followers = await this.repository.followers(tx, accounts);
    const notifications: NewNotification[] = [];
    const deliveries: NewDelivery[] = [];
    const tell = (event: UntoldEvent, told: Told, news: ToTell) => {
      toldToday.add(`${event.accountId} ${told.userId}`);
      const { digestHour } = people.readers.find(({ id }) => id === told.userId)!;
      const { notification, delivery } = forPerson(event, { ...told, digestHour }, news);
      notifications.push(notification);
      if (delivery !== null) deliveries.push(delivery);
    };
    for (const event of events) {
      const message = messageOf(event);
      const isFirst = ({ userId }: Told) => !toldToday.has(`${event.accountId} ${userId}`);
      deliveries.push(...toWebhooks(event, message, webhooks));
      for (const told of this.told(event, people)) {
        if (event.severity === 'critical' || isFirst(told)) tell(event, told, ofAlert(message, told));
      }
      for (const told of this.followersTold(event, people, followers.get(event.accountId) ?? [])) {
        if (isFirst(told)) tell(event, told, ofFollowed(event, message, told));
      }
    }
    await this.repository.addNotifications(tx, notifications, day, at);
    await this.repository.addDeliveries(tx, deliveries, timeZone, at);
    await announce(tx, { topic: 'notifications', userIds: [...new Set(notifications.map(({ userId }) => userId))] });
  }

  /** Followers of the account hear of alerts that are high or critical, as they chose. */
  private followersTold(event: UntoldEvent, { readers }: PeopleToTell, followerIds: readonly string[]) {
    if (event.kind !== 'opened' || weight(event) < ALERT_SEVERITIES.indexOf('high')) return [];
    const seeing = readers.map((reader) => ({ ...reader, sees: scopeCovers(reader.scope, event) }));
    const news = { happening: 'alertOpened', byUserId: event.byUserId, toUserIds: [], followerIds } as const;
    return deskRecipients(news, seeing)
      .map((told) => ({ ...told, email: this.mailer.works ? told.email : ('off' as const) }))
      .filter(({ inApp, email }) => inApp || email !== 'off');
  }

  /** Who is told by the channels that rule and server have. */
  private told(event: UntoldEvent, { readers, managers }: PeopleToTell) {
    const { kind, ownerRole, channels } = event;
    const has = (channel: string) => channels === null || channels.includes(channel);
    const news = {
      ...event,
      news: kind as NewsKind,
      ownerRole: ownerRole ?? (event.alertKind === 'expansion' ? 'am' : 'csm'),
    } as const;
    const seeing = readers.map((reader) => ({ ...reader, sees: scopeCovers(reader.scope, event) }));
    return recipients(news, seeing, managers)
      .map(({ userId, inApp, email }) => ({
        userId,
        inApp: inApp && has('inApp'),
        email: this.mailer.works && has('email') ? email : ('off' as const),
      }))
      .filter(({ inApp, email }) => inApp || email !== 'off');
  }
}

interface Told {
  userId: string;
  inApp: boolean;
  email: 'off' | 'now' | 'digest';
}

/** What a person is told. `receiver`: makes the keys of what is made for them. */
interface ToTell {
  receiver: string;
  shown: Pick<NewNotification, 'news' | 'alertKind' | 'severity' | 'text'>;
  message: NewDelivery['message'];
}

function ofAlert(message: AlertMessage, { userId }: Told): ToTell {
  return { receiver: userId, shown: newsOf(message), message };
}

function ofFollowed(
  { alertId, reason }: UntoldEvent,
  { account, day, at, ...alert }: AlertMessage,
  { userId }: Told,
): ToTell {
  const text = deskText.followedAlert(reason);
  return {
    receiver: `${userId} follows`,
    shown: { ...newsOf({ account, day, at, ...alert }), news: 'followedAlert', text },
    message: { news: 'followedAlert', alertId, text, account, day, at },
  };
}

/** A notification, and a mail where the person wants one. */
function forPerson(
  event: UntoldEvent,
  { userId, inApp, email, digestHour }: Told & { digestHour: number },
  { receiver, shown, message }: ToTell,
): { notification: NewNotification; delivery: NewDelivery | null } {
  const notification = { ...partOf(event, receiver), ...shown, tasks: null, userId, inApp };
  if (email === 'off') return { notification, delivery: null };
  const hour = email === 'digest' ? digestHour : null;
  const part = partOf(event, `${receiver} email`);
  return { notification, delivery: { ...part, userId, webhookId: null, message, digestHour: hour } };
}

/** The keys of what an event makes for one receiver. */
function partOf({ accountId, id, alertId }: UntoldEvent, receiver: string) {
  return { accountId, id: uuidv5(receiver, id), eventId: id, alertId };
}

function newsOf({ news, alertKind, severity, text }: AlertMessage) {
  return { news, alertKind, severity, text };
}

function toWebhooks(event: UntoldEvent, message: AlertMessage, webhooks: readonly WebhookChoice[]): NewDelivery[] {
  // An assignment concerns one person.
  if (event.kind === 'assigned' || (event.channels !== null && !event.channels.includes('webhook'))) return [];
  return webhooks
    .filter(({ kinds }) => kinds === null || kinds.includes(event.alertKind))
    .filter(({ leastSeverity }) => weight(event) >= ALERT_SEVERITIES.indexOf(leastSeverity))
    .map(({ id }) => ({ ...partOf(event, id), userId: null, webhookId: id, message, digestHour: null }));
}

function messageOf(event: UntoldEvent): AlertMessage {
  const { alertId, alertKind, severity, reason, accountId, externalId, accountName, ruleKey, ruleName, day, at } =
    event;
  const news = event.kind as NewsKind;
  return {
    news,
    alertId,
    alertKind,
    severity,
    text: newsText(news, severity, reason),
    rule: ruleName === null ? null : { key: ruleKey, name: ruleName },
    account: { id: accountId, externalId, name: accountName },
    day,
    at: at.toISOString(),
  };
}
