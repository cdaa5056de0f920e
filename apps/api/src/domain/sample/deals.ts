import { addDays, type Day, isoOf } from '../calendar/day.js';
import type { FactRow } from '../values/fact-rows.js';
import { type AccountPlan, CURRENCY, GROWTH, type TermPlan, termOn } from './plan.js';
import { randomOf } from './random.js';

/** Deals of the sample company: stages in the words of the workspace's list, a fact for each step. */

interface DealStep {
  /** Days after the deal was opened. */
  after: number;
  stage: string;
  outcome: 'open' | 'won' | 'lost';
}

interface DealPlan {
  id: string;
  kind: 'expansion' | 'renewal';
  name: string;
  amountMinor: number;
  opensOn: Day;
  closesOn: Day;
  steps: readonly DealStep[];
  reason: string | null;
}

const open = (after: number, stage: string): DealStep => ({ after, stage, outcome: 'open' });

/** An expansion is talked about for five weeks before it is bought. */
const EXPANSION_DAYS = 35;
const EXPANSION: readonly DealStep[] = [
  open(0, 'Identified'),
  open(8, 'Qualified'),
  open(17, 'Proposal'),
  open(28, 'Negotiation'),
];
/** A renewal worth a conversation is one from two months before its day on. */
const RENEWAL_DAYS = 60;
const RENEWAL: readonly DealStep[] = [open(0, 'Qualified'), open(25, 'Proposal'), open(48, 'Negotiation')];

const LOST_REASONS = ['No budget this year', 'Decided to wait', 'Bought another tool'] as const;

const planned = new WeakMap<AccountPlan, DealPlan[]>();

/** All deals of an account's life, worked out once a plan. */
function dealsOf(plan: AccountPlan): DealPlan[] {
  let deals = planned.get(plan);
  if (!deals) {
    deals = [...expansions(plan), ...renewals(plan)];
    planned.set(plan, deals);
  }
  return deals;
}

function expansions(plan: AccountPlan): DealPlan[] {
  const { expandsOn, externalId } = plan;
  const random = randomOf(externalId, 'expansion');
  const tried = plan.story === 'seat_squeeze' || (plan.story === 'healthy' && plan.vigour > 0.75);
  if (!tried) return [];
  // Whoever does not buy in the end was asked all the same.
  const closesOn = expandsOn ?? addDays(plan.turnsOn, random.between(60, 150));
  const before = termOn(plan, addDays(closesOn, -1)) ?? plan.terms.at(-1);
  if (!before || closesOn < plan.customerFrom || (plan.churnsOn !== null && closesOn >= plan.churnsOn)) return [];
  const end: DealStep =
    expandsOn === null
      ? { after: EXPANSION_DAYS, stage: 'Closed lost', outcome: 'lost' }
      : { after: EXPANSION_DAYS, stage: 'Closed won', outcome: 'won' };
  return [
    {
      id: `${externalId}-D1`,
      kind: 'expansion',
      name: `${plan.name}: more seats`,
      amountMinor: Math.round(before.mrrMinor * (GROWTH - 1)) * 12,
      opensOn: addDays(closesOn, -EXPANSION_DAYS),
      closesOn,
      steps: [...EXPANSION, end],
      reason: expandsOn === null ? random.pick(LOST_REASONS) : null,
    },
  ];
}

/** Of the larger yearly customers, one a term. */
function renewals(plan: AccountPlan): DealPlan[] {
  if (plan.termMonths !== 12 || plan.cadenceDays > 30) return [];
  // A term that is cut short is not known to end.
  return plan.terms.flatMap((term, index) => (term.end < term.agreedEnd ? [] : [renewalOf(plan, term, index)]));
}

function renewalOf(plan: AccountPlan, term: TermPlan, index: number): DealPlan {
  const closesOn = term.end;
  const goes = plan.churnsOn !== null && plan.churnsOn <= addDays(term.end, 1);
  const end: DealStep = goes
    ? { after: RENEWAL_DAYS, stage: 'Closed lost', outcome: 'lost' }
    : { after: RENEWAL_DAYS, stage: 'Closed won', outcome: 'won' };
  return {
    id: `${plan.externalId}-R${index + 1}`,
    kind: 'renewal',
    name: `${plan.name}: renewal`,
    amountMinor: term.mrrMinor * 12,
    opensOn: addDays(closesOn, -RENEWAL_DAYS),
    closesOn,
    steps: [...RENEWAL, end],
    reason: goes ? plan.churnReason : null,
  };
}

/** The deals that move on the day. */
export function dealFacts(plan: AccountPlan, day: Day): FactRow[] {
  return dealsOf(plan).flatMap((deal): FactRow[] => {
    const step = deal.steps.find(({ after }) => addDays(deal.opensOn, after) === day);
    if (!step || deal.opensOn < plan.customerFrom) return [];
    const { outcome, stage } = step;
    return [
      {
        kind: 'deal',
        account: { via: 'externalId', id: plan.externalId },
        id: deal.id,
        deal: deal.kind,
        name: deal.name,
        stage,
        amount: { amountMinor: deal.amountMinor, currency: CURRENCY },
        probability: outcome === 'open' ? null : outcome === 'won' ? 100 : 0,
        openedOn: isoOf(deal.opensOn),
        closeDate: isoOf(deal.closesOn),
        owner: plan.am?.email ?? null,
        outcome,
        wonOn: outcome === 'won' ? isoOf(day) : null,
        lostOn: outcome === 'lost' ? isoOf(day) : null,
        reason: outcome === 'open' ? null : deal.reason,
      },
    ];
  });
}
