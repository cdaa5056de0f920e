import { ALERT_KINDS } from '@steward/shared/alerts';
import type { NotificationChoice } from '@steward/shared/notifications';
import type { Choices } from './recipients.js';

/** The hour of the workspace's day at which the daily mail goes out unless a person chose another. */
export const DEFAULT_DIGEST_HOUR = 8;

const MINE: NotificationChoice = { scope: 'mine', inApp: true, email: 'digest' };

/** What a person is told who chose nothing: of what concerns them, in the product and once a day by mail. */
export const DEFAULT_CHOICES = Object.fromEntries(ALERT_KINDS.map((kind) => [kind, MINE])) as Choices;
