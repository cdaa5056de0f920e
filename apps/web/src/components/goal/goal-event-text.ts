import { OUTCOME_WORDS } from '@steward/shared/goal-words';
import type { AtRiskReason, GoalDetail, OutcomeReason } from '@steward/shared/goals';
import { formatDay, isIsoDay } from '../../lib/days.js';
import { lowerFirst } from '../../lib/format.js';
import { EVENT_WORDS, RISK_WORDS } from './goal-words.js';

type GoalEvent = Pick<GoalDetail['events'][number], 'kind' | 'details'>;

const isReason = (key: unknown): key is OutcomeReason => typeof key === 'string' && key in OUTCOME_WORDS;
const isRisk = (key: unknown): key is AtRiskReason => typeof key === 'string' && key in RISK_WORDS;

/** What happened to a goal, with what was said about it: “Cancelled: the customer declined. They merged with another.” */
export function goalEventText({ kind, details }: GoalEvent, nameOf: (userId: string) => string | null): string {
  const said = details ?? {};
  const word = EVENT_WORDS[kind];
  switch (kind) {
    case 'achieved':
    case 'cancelled': {
      const what = isReason(said.reason) ? `${word}: ${lowerFirst(OUTCOME_WORDS[said.reason])}` : word;
      return typeof said.note === 'string' && said.note !== '' ? `${what}. ${said.note}` : what;
    }
    case 'extended':
      return isIsoDay(said.to) ? `${word}, until ${formatDay(said.to)}` : word;
    case 'moved':
      return isIsoDay(said.to) ? `${word} to ${formatDay(said.to)}` : word;
    case 'owner': {
      if (said.to === null) return 'Without an owner';
      const name = typeof said.to === 'string' ? nameOf(said.to) : null;
      return name === null ? word : `Given to ${name}`;
    }
    case 'atRisk':
      return isRisk(said.why) ? `${word}: ${RISK_WORDS[said.why]}` : word;
    default:
      return word;
  }
}
