import type { BacktestResult, Estimate, Outcome, SuggestedWeights, Verdict } from '@steward/shared/health-studio';

const OUTCOME_WORDS = {
  churn: { noun: 'churn', did: 'churned', didNot: 'did not' },
  downgrade: { noun: 'a downgrade', did: 'came to pay less', didNot: 'did not' },
} as const satisfies Record<Outcome, unknown>;

export const outcomeWords = (outcome: Outcome) => OUTCOME_WORDS[outcome];

const two = (value: number) => value.toFixed(2);

/** Three digits where two would hide on which side of 0.5 an end lies. */
const end = (value: number) => (two(value) === '0.50' && value !== 0.5 ? value.toFixed(3) : two(value));

export const spanWords = ({ low, high }: Estimate) => `${end(low)} to ${end(high)}`;

/** What there is to tell from: observations with a score, and with the outcome among them. */
interface Seen {
  observations: number;
  scored: number;
  events: number;
  scoredEvents: number;
}

/** Whether the score tells more of the outcome than chance: only where the whole interval lies above 0.5. */
export function verdictOf(auc: Estimate | null, seen: Seen, outcome: Outcome): BacktestResult['verdict'] {
  const { noun, did, didNot } = OUTCOME_WORDS[outcome];
  if (auc === null) return { kind: 'cannot_tell', sentence: whyNot(seen, outcome) };
  const kind: Verdict = auc.low > 0.5 ? 'better' : auc.high < 0.5 ? 'worse' : 'no_better';
  const share = Math.round(auc.value * 100);
  switch (kind) {
    case 'better':
      return {
        kind,
        sentence: `This score tells more than chance about ${noun}: of an account that ${did} and one that ${didNot}, the first had the lower score ${share} times in 100 (AUC ${two(auc.value)}, interval ${spanWords(auc)}).`,
      };
    case 'worse':
      return {
        kind,
        sentence: `This score points the wrong way: accounts that ${did} had higher scores than those that ${didNot} (AUC ${two(auc.value)}, interval ${spanWords(auc)}, wholly under 0.5).`,
      };
    default:
      return {
        kind,
        sentence: `This score is no better than chance about ${noun}: the interval of the AUC, ${spanWords(auc)}, holds 0.5.`,
      };
  }
}

function whyNot({ observations, scored, events, scoredEvents }: Seen, outcome: Outcome): string {
  const { noun, did } = OUTCOME_WORDS[outcome];
  if (observations === 0) return 'Nothing can be told: there were no live accounts at these month-ends.';
  if (scored === 0) return 'Nothing can be told: no account had a score, because too little of their data was known.';
  if (events === 0) return `Nothing can be told: no account ${did} within the horizon of these month-ends.`;
  if (scoredEvents === 0) return `Nothing can be told: none of the accounts that ${did} had a score before.`;
  if (scoredEvents === scored) {
    return `Nothing can be told: every account with a score ${did}, so there is none to compare with.`;
  }
  return `Nothing can be told about ${noun}.`;
}

/** Whether suggested weights beat the present ones on later month-ends: only where the whole interval lies above 0. */
export function weightsVerdict(
  present: Estimate | null,
  suggested: Estimate | null,
  difference: Estimate | null,
): SuggestedWeights['verdict'] {
  if (present === null || suggested === null || difference === null) {
    return {
      kind: 'cannot_tell',
      sentence: 'The later month-ends cannot judge these weights: too few accounts with the outcome had a score there.',
    };
  }
  const change = `AUC ${two(present.value)} → ${two(suggested.value)}, difference ${signed(difference.value)} (${signed(difference.low)} to ${signed(difference.high)})`;
  if (difference.low > 0) {
    return { kind: 'beats', sentence: `On later month-ends the suggested weights beat the present ones: ${change}.` };
  }
  const why = difference.high < 0 ? 'they do worse' : 'the interval of the difference holds 0';
  return {
    kind: 'does_not_beat',
    sentence: `On later month-ends the suggested weights do not beat the present ones: ${why} (${change}).`,
  };
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return value < 0 && text !== '0.000' ? `−${text}` : `+${text}`;
}
