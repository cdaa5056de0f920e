import type { DeskChoice, DeskNewsKind } from '@steward/shared/notifications';
import type { DeskChoices } from './choices.js';

/** What happened with an account that people hear of besides its alerts. */
export const HAPPENINGS = [
  'mentioned',
  'handedOver',
  'touched',
  'taskAssigned',
  'goalEnded',
  'atRisk',
  'alertOpened',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

export interface DeskNews {
  happening: Happening;
  /** Who did it; null: the pipeline. They know already. */
  byUserId: string | null;
  /** Whom it concerns. */
  toUserIds: readonly string[];
  followerIds: readonly string[];
}

export interface DeskReader {
  id: string;
  desk: DeskChoices;
  /** Whether the account is one that the person may see. */
  sees: boolean;
}

export interface DeskTold {
  userId: string;
  news: DeskNewsKind;
  inApp: boolean;
  email: DeskChoice['email'];
}

/** As what whom it concerns hears of it, and as what a follower; null: not at all. */
const HEARD_AS: Record<Happening, { concerned: DeskNewsKind | null; follower: DeskNewsKind | null }> = {
  mentioned: { concerned: 'mention', follower: null },
  handedOver: { concerned: 'handOver', follower: 'followedHandOver' },
  touched: { concerned: null, follower: 'followedTouch' },
  taskAssigned: { concerned: 'taskAssigned', follower: null },
  goalEnded: { concerned: 'goalEnded', follower: null },
  atRisk: { concerned: null, follower: 'followedBand' },
  alertOpened: { concerned: null, follower: 'followedAlert' },
};

/**
 * Who hears of it, as what, and where: whom it concerns, else who follows the account, each once and as they chose. Nobody
 * hears of accounts that they may not see, nor of what they did themselves.
 */
export function deskRecipients(
  { happening, byUserId, toUserIds, followerIds }: DeskNews,
  people: readonly DeskReader[],
): DeskTold[] {
  const { concerned, follower } = HEARD_AS[happening];
  return people.flatMap(({ id, desk, sees }) => {
    const news = toUserIds.includes(id) ? concerned : followerIds.includes(id) ? follower : null;
    if (news === null || !sees || id === byUserId) return [];
    const { inApp, email } = desk[news];
    return inApp || email !== 'off' ? [{ userId: id, news, inApp, email }] : [];
  });
}

const LONGEST = 200;
const NAMED = 3;

/** Text of several lines as one, cut short where it is long. */
function line(text: string): string {
  const one = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return one.length <= LONGEST ? one : `${one.slice(0, LONGEST - 1).trimEnd()}…`;
}

const after = (sentence: string, text: string) => (line(text) === '' ? sentence : `${sentence}: ${line(text)}`);

function named(titles: readonly string[]): string {
  const rest = titles.length - NAMED;
  return `${titles.slice(0, NAMED).map(line).join(' · ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Who did it, for the sentence. */
const whom = (by: string | null) => by ?? 'Somebody';

export const deskText = {
  mention: (by: string | null, text: string) => after(`${whom(by)} mentioned you`, text),
  handOver: (by: string | null, note: string, isNew: boolean) =>
    after(isNew ? `${whom(by)} gave you this account` : `${whom(by)} gave this account to somebody else`, note),
  followedHandOver: (by: string | null, note: string) => after(`${whom(by)} handed this account over`, note),
  followedTouch: (by: string | null, text: string) => after(`${whom(by)} logged a touch`, text),
  followedBand: (score: number | null) =>
    score === null ? 'Health is at risk' : `Health is at risk: ${Math.floor(score)}`,
  followedAlert: (reason: string) => after('Alert', reason),
  taskAssigned: (titles: readonly string[], accounts = 1) => {
    if (titles.length === 1) return after('A task for you', titles[0] ?? '');
    return `${titles.length} tasks for you${accounts > 1 ? ` on ${accounts} accounts` : ''}: ${named(titles)}`;
  },
  goalEnded: (name: string, how: 'achieved' | 'missed' | 'cancelled') => `Goal ${how}: ${line(name)}`,
  taskDue: (today: readonly string[], overdue: readonly string[]) => {
    const parts = [
      ...(overdue.length > 0 ? [`${overdue.length} overdue`] : []),
      ...(today.length > 0 ? [`${today.length} due today`] : []),
    ];
    return `${overdue.length + today.length === 1 ? 'Task' : 'Tasks'} ${parts.join(', ')}: ${named([...overdue, ...today])}`;
  },
};
