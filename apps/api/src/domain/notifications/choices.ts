import { ALERT_KINDS } from '@steward/shared/alerts';
import { DESK_NEWS, type DeskChoice, type DeskNewsKind, type NotificationChoice } from '@steward/shared/notifications';
import type { Choices } from './recipients.js';

/** The hour of the workspace's day at which the daily mail goes out unless a person chose another. */
export const DEFAULT_DIGEST_HOUR = 8;

const MINE: NotificationChoice = { scope: 'mine', inApp: true, email: 'digest' };

/** What a person is told who chose nothing: of what concerns them, in the product and once a day by mail. */
export const DEFAULT_CHOICES = Object.fromEntries(ALERT_KINDS.map((kind) => [kind, MINE])) as Choices;

export type DeskChoices = Readonly<Record<DeskNewsKind, DeskChoice>>;

/** What asks for a person goes to their mail, too; what they follow waits for them in the product. */
const BY_MAIL: Partial<Record<DeskNewsKind, DeskChoice['email']>> = {
  mention: 'now',
  handOver: 'now',
  taskAssigned: 'digest',
  goalEnded: 'digest',
};

export const DEFAULT_DESK_CHOICES = Object.fromEntries(
  DESK_NEWS.map((kind): [DeskNewsKind, DeskChoice] => [kind, { inApp: true, email: BY_MAIL[kind] ?? 'off' }]),
) as DeskChoices;
