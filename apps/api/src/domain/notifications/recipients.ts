import type { AlertKind, AlertSeverity } from '@steward/shared/alerts';
import type { Role } from '@steward/shared/common';
import type { NewsKind, NotificationChoice, NotificationScope } from '@steward/shared/notifications';
import { type Managers, reportsTo } from '../people/management.js';

/** What happened to an alert, as far as it matters for who is told. */
export interface AlertNews {
  news: NewsKind;
  alertKind: AlertKind;
  severity: AlertSeverity;
  /** The owner whom the rule names. */
  ownerRole: 'csm' | 'am';
  assigneeUserId: string | null;
  csmUserId: string | null;
  amUserId: string | null;
  /** Who did it, if a person did: they know already. */
  byUserId: string | null;
}

export type Choices = Readonly<Record<AlertKind, NotificationChoice>>;

export interface PersonToTell {
  id: string;
  role: Role;
  /** Whose stand-in the person is today. */
  standsInForIds: readonly string[];
  choices: Choices;
  /** Whether the account is one that the person may see. */
  sees: boolean;
}

export interface Told {
  userId: string;
  inApp: boolean;
  email: NotificationChoice['email'];
}

const WIDTH: Record<NotificationScope, number> = { off: 0, mine: 1, team: 2, all: 3 };

/** Who should act: the assignee, else the owner whom the rule names, else the other one; null: nobody. */
export function receiverOf(
  news: Pick<AlertNews, 'assigneeUserId' | 'ownerRole' | 'csmUserId' | 'amUserId'>,
): string | null {
  const [first, second] = news.ownerRole === 'csm' ? [news.csmUserId, news.amUserId] : [news.amUserId, news.csmUserId];
  return news.assigneeUserId ?? first ?? second;
}

/** Whom an escalation goes to: the receiver's manager; without one who may see the account, the admins. */
function escalatesTo(receiver: string | null, managers: Managers, people: readonly PersonToTell[]): string[] {
  const manager = receiver === null ? null : (managers.get(receiver) ?? null);
  if (manager !== null && people.some(({ id, sees }) => id === manager && sees)) return [manager];
  return people.filter(({ role }) => role === 'admin').map(({ id }) => id);
}

function concernedBy(
  news: AlertNews,
  receiver: string | null,
  managers: Managers,
  people: readonly PersonToTell[],
): string[] {
  if (news.news === 'escalated') return escalatesTo(receiver, managers, people);
  const one = news.news === 'assigned' ? news.assigneeUserId : receiver;
  return one === null ? [] : [one];
}

/**
 * Who is told, and where. An account is *mine* for whom the news concerns (receiver; on escalation their manager, else
 * the admins) and for their stand-ins, of one's *team* when it is that of somebody who reports to one. An assignment is
 * told to nobody beyond whom it concerns: the others have heard of the alert. Nobody is told of accounts that they may
 * not see, nor of what they did themselves.
 */
export function recipients(news: AlertNews, people: readonly PersonToTell[], managers: Managers): Told[] {
  const receiver = receiverOf(news);
  const concerned = concernedBy(news, receiver, managers, people);
  const nearness = (person: PersonToTell): NotificationScope => {
    if ([person.id, ...person.standsInForIds].some((id) => concerned.includes(id))) return 'mine';
    if (receiver !== null && reportsTo(managers, receiver, person.id)) return 'team';
    return 'all';
  };
  return people.flatMap((person) => {
    const { scope, inApp, email } = person.choices[news.alertKind];
    const near = nearness(person);
    if (!person.sees || person.id === news.byUserId || WIDTH[near] > WIDTH[scope]) return [];
    if (news.news === 'assigned' && near !== 'mine') return [];
    return inApp || email !== 'off' ? [{ userId: person.id, inApp, email }] : [];
  });
}
