import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { DeskNewsKind } from '@steward/shared/notifications';
import { v5 as uuidv5 } from 'uuid';
import { announce } from '../../db/live-channel.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { type DeskTold, deskRecipients, deskText, type Happening } from '../../domain/notifications/desk-news.js';
import { type GatheredTask, gatheredText, onSeveralAccounts } from '../../domain/notifications/gathered-tasks.js';
import { scopeCovers } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { DeskNewsRepository, type NewsAccount, type UntoldNews, type UntoldTask } from './desk-news.repository.js';
import type { NewDelivery, NewNotification } from './news.repository.js';
import { PeopleToTellReader, type Reader } from './people-to-tell.js';

const EVENTS_A_STEP = 200;
/** The hour of the workspace’s day from which people are reminded of their tasks. */
const MORNING_HOUR = 7;
/** Tasks on more accounts than these are told a person in one. */
const MOST_ACCOUNTS = 3;
const ENDED = ['achieved', 'missed', 'cancelled'] as const;

interface Telling {
  account: NewsAccount;
  /** Ids of notification and mail follow from it and the receiver: each is made once. */
  eventId: string;
  happening: Happening;
  byUserId: string | null;
  toUserIds: readonly string[];
  followerIds: readonly string[];
  at: Date;
  text: (news: DeskNewsKind, userId: string) => string;
  /** Those that it tells in one. */
  tasks?: readonly GatheredTask[];
}

interface Moment {
  at: Date;
  day: IsoDay;
  timeZone: string;
}

/**
 * Tells people of what others did with accounts, of tasks and of goals, each once: ids follow from event and person, and
 * what was told is marked in the same transaction.
 */
@Injectable()
export class DeskNews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: DeskNewsRepository,
    private readonly people: PeopleToTellReader,
    private readonly workspaces: WorkspaceReader,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** All that nobody was told of yet; answers how much there was. */
  async tell(): Promise<number> {
    let told = 0;
    for (;;) {
      const events = await this.unitOfWork.run((tx) => this.step(tx));
      told += events;
      if (events < EVENTS_A_STEP) break;
    }
    await this.unitOfWork.run((tx) => this.tellOfBands(tx));
    await this.unitOfWork.run((tx) => this.remind(tx));
    return told;
  }

  private async step(tx: Tx): Promise<number> {
    await this.repository.all.oneAtATime(tx);
    const news = await this.repository.news(tx, EVENTS_A_STEP);
    const tasks = await this.repository.tasks(tx, EVENTS_A_STEP);
    const goals = await this.repository.goals(tx, EVENTS_A_STEP);
    const most = Math.max(news.length, tasks.length, goals.length);
    if (most === 0) return 0;
    const moment = await this.moment(tx);
    const followers = await this.repository.all.followers(tx, [...new Set(news.map(({ accountId }) => accountId))]);
    const tellings = [
      ...news.map((each) => ofNews(each, news, followers.get(each.accountId) ?? [])),
      ...ofTasks(tasks),
      ...goals.flatMap((each): Telling[] => {
        const how = ENDED.find((kind) => kind === each.kind);
        if (how === undefined || each.ownerUserId === null) return [];
        const text = () => deskText.goalEnded(each.name, how);
        const to = { toUserIds: [each.ownerUserId], followerIds: [] };
        return [
          {
            account: each,
            eventId: each.id,
            happening: 'goalEnded',
            byUserId: each.byUserId,
            ...to,
            at: each.at,
            text,
          },
        ];
      }),
    ];
    await this.write(tx, tellings, moment);
    await this.repository.markTold(tx, 'account_news', news, moment.at);
    await this.repository.markTold(tx, 'task_event', tasks, moment.at);
    await this.repository.markTold(tx, 'goal_event', goals, moment.at);
    return most;
  }

  /** Followers hear of a band that turned to at risk, once for the day on which it did. */
  private async tellOfBands(tx: Tx): Promise<void> {
    await this.repository.all.oneAtATime(tx);
    const moment = await this.moment(tx);
    const turned = await this.repository.turnedAtRisk(tx, moment.day);
    if (turned.length === 0) return;
    const followers = await this.repository.all.followers(
      tx,
      turned.map(({ accountId }) => accountId),
    );
    const tellings = turned.map(
      (each): Telling => ({
        account: each,
        eventId: uuidv5(`at risk since ${each.day}`, each.accountId),
        happening: 'atRisk',
        byUserId: null,
        toUserIds: [],
        followerIds: followers.get(each.accountId) ?? [],
        at: moment.at,
        text: () => deskText.followedBand(each.score),
      }),
    );
    await this.write(tx, tellings, moment);
  }

  /** Once a person and day, in the workspace’s morning: what is due today, and what is overdue. */
  private async remind(tx: Tx): Promise<void> {
    await this.repository.all.oneAtATime(tx);
    const moment = await this.moment(tx);
    if (hourIn(moment) < MORNING_HOUR) return;
    const due = await this.repository.due(tx, moment.day);
    if (due.length === 0) return;
    const { readers } = await this.people.on(tx, moment.day);
    const notifications: NewNotification[] = [];
    const deliveries: NewDelivery[] = [];
    for (const reader of readers) {
      const own = due.filter((task) => task.userId === reader.id && scopeCovers(reader.scope, task));
      const [first] = own;
      if (first === undefined) continue;
      const { inApp, email } = reader.desk.taskDue;
      const told: DeskTold = { userId: reader.id, news: 'taskDue', inApp, email };
      const eventId = uuidv5(`tasks due on ${moment.day}`, reader.id);
      const tasks = own.map((task) => gathered(task, task.dueDay < moment.day ? 'overdue' : 'today'));
      const said = { account: first, eventId, text: gatheredText(tasks), tasks };
      this.add({ notifications, deliveries }, told, reader, said, moment);
    }
    await this.save(tx, { notifications, deliveries }, moment);
    await this.repository.markReminded(tx, due, moment.day);
  }

  private async write(tx: Tx, tellings: readonly Telling[], moment: Moment): Promise<void> {
    if (tellings.length === 0) return;
    const { readers } = await this.people.on(tx, moment.day);
    const made = { notifications: [] as NewNotification[], deliveries: [] as NewDelivery[] };
    for (const telling of tellings) {
      const seeing = readers.map((reader) => ({ ...reader, sees: scopeCovers(reader.scope, telling.account) }));
      for (const told of deskRecipients(telling, seeing)) {
        const reader = readers.find(({ id }) => id === told.userId) as Reader;
        const text = telling.text(told.news, told.userId);
        const { account, eventId, tasks = [] } = telling;
        this.add(made, told, reader, { account, eventId, text, tasks }, moment);
      }
    }
    await this.save(tx, made, moment);
  }

  private add(
    made: { notifications: NewNotification[]; deliveries: NewDelivery[] },
    { userId, news, inApp, email }: DeskTold,
    { digestHour }: Reader,
    said: { account: NewsAccount; eventId: string; text: string; tasks: readonly GatheredTask[] },
    { at, day }: Moment,
  ): void {
    const { account, eventId, text } = said;
    const tasks = onSeveralAccounts(said.tasks);
    const part = { accountId: account.accountId, eventId, alertId: null };
    // Kept though it is not shown in the product: that the person was told stands there.
    const id = uuidv5(`${userId} ${news}`, eventId);
    made.notifications.push({ ...part, id, news, alertKind: null, severity: 'info', userId, text, tasks, inApp });
    if (email === 'off' || !this.mailer.works) return;
    made.deliveries.push({
      ...part,
      id: uuidv5(`${userId} ${news} email`, eventId),
      userId,
      webhookId: null,
      message: {
        news,
        alertId: null,
        text,
        ...(tasks === null ? {} : { tasks }),
        account: named(account),
        day,
        at: at.toISOString(),
      },
      digestHour: email === 'digest' ? digestHour : null,
    });
  }

  private async save(
    tx: Tx,
    { notifications, deliveries }: { notifications: NewNotification[]; deliveries: NewDelivery[] },
    { at, day, timeZone }: Moment,
  ): Promise<void> {
    await this.repository.all.addNotifications(tx, notifications, day, at);
    await this.repository.all.addDeliveries(tx, deliveries, timeZone, at);
    const userIds = [...new Set(notifications.map(({ userId }) => userId))];
    if (userIds.length > 0) await announce(tx, { topic: 'notifications', userIds });
  }

  private async moment(tx: Tx): Promise<Moment> {
    const { today, timeZone } = await this.workspaces.workspace(tx);
    return { at: this.clock.now(), day: isoOf(today), timeZone };
  }
}

function ofNews(news: UntoldNews, all: readonly UntoldNews[], followers: readonly string[]): Telling {
  // Who is mentioned in a touch hears of it by that.
  const mentioned = all
    .filter((each) => each.kind === 'mentioned' && news.kind === 'touched' && each.subjectId === news.subjectId)
    .flatMap(({ toUserIds }) => toUserIds);
  return {
    account: news,
    eventId: news.id,
    happening: news.kind,
    byUserId: news.byUserId,
    toUserIds: news.toUserIds,
    followerIds: followers.filter((id) => !mentioned.includes(id)),
    at: news.at,
    text: (kind, userId) => {
      const { byName, text } = news;
      if (kind === 'mention') return deskText.mention(byName, text);
      if (kind === 'followedTouch') return deskText.followedTouch(byName, text);
      if (kind === 'followedHandOver') return deskText.followedHandOver(byName, text);
      return deskText.handOver(byName, text, news.csmUserId === userId || news.amUserId === userId);
    },
  };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Tasks that come to a person together are told together: of an account, and on many accounts all in one. */
function ofTasks(events: readonly UntoldTask[]): Telling[] {
  const news = events.filter(
    ({ kind, isOpen, assigneeUserId, byUserId }) =>
      (kind === 'created' || kind === 'assigned') && isOpen && assigneeUserId !== null && assigneeUserId !== byUserId,
  );
  const byPerson = grouped(news, ({ assigneeUserId }) => assigneeUserId ?? '');
  return [...byPerson.values()].flatMap((own) => {
    const byAccount = grouped(own, ({ accountId }) => accountId);
    return byAccount.size > MOST_ACCOUNTS ? [ofTaskGroup(own)] : [...byAccount.values()].map(ofTaskGroup);
  });
}

function ofTaskGroup(group: readonly UntoldTask[]): Telling {
  const [first] = group as [UntoldTask];
  const tasks = [...new Map(group.map((task) => [task.taskId, gathered(task, null)])).values()];
  return {
    account: first,
    eventId: first.id,
    happening: 'taskAssigned',
    byUserId: first.byUserId,
    toUserIds: [first.assigneeUserId as string],
    followerIds: [],
    at: first.at,
    text: () => gatheredText(tasks),
    tasks,
  };
}

function named({ accountId, externalId, accountName }: NewsAccount): GatheredTask['account'] {
  return { id: accountId, externalId, name: accountName };
}

function gathered(task: NewsAccount & { title: string }, due: GatheredTask['due']): GatheredTask {
  return { account: named(task), title: task.title, due };
}

function hourIn({ at, timeZone }: Moment): number {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at);
  return Number(hour);
}
