import { type AlertEvent, type AlertOutcome, type AlertSeverity } from '@steward/shared/alerts';
import { formatDay, isIsoDay } from '../../lib/days.js';
import { EVENT_WORDS, OUTCOME_WORDS, SEVERITY_WORDS } from './alert-words.js';

const lower = (words: Record<string, string>, key: unknown): string | null =>
  typeof key === 'string' && key in words ? (words[key] as string).toLowerCase() : null;

/** What happened to an alert, with what was said about it: "Snoozed until 5 Dec 2026: waiting for the customer". */
export function eventText({ kind, details }: Pick<AlertEvent, 'kind' | 'details'>): string {
  const said = details ?? {};
  const text = (key: string): string | null => (typeof said[key] === 'string' && said[key] !== '' ? said[key] : null);
  const word = EVENT_WORDS[kind];
  switch (kind) {
    case 'snoozed': {
      const until = isIsoDay(said.until) ? ` until ${formatDay(said.until)}` : '';
      return `${word}${until}${text('reason') ? `: ${text('reason')}` : ''}`;
    }
    case 'resolved': {
      const outcome = lower(OUTCOME_WORDS satisfies Record<AlertOutcome, string>, said.outcome);
      return `${word}${outcome ? `, ${outcome}` : ''}${text('note') ? `: ${text('note')}` : ''}`;
    }
    case 'assigned':
      return text('assignee') ? `${word} to ${text('assignee')}` : 'Back to the account’s owner';
    case 'severity': {
      const words = SEVERITY_WORDS satisfies Record<AlertSeverity, string>;
      const from = lower(words, said.from);
      const to = lower(words, said.to);
      return from && to ? `${word} from ${from} to ${to}` : word;
    }
    case 'opened':
      return said.started === 'start' ? `${word}: true when the rule began` : word;
    default:
      return word;
  }
}
