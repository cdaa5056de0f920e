import { addDays, type Day } from '../calendar/day.js';
import { addMonths } from '../calendar/month.js';
import type { FactRow } from '../values/fact-rows.js';
import { factsOfDay } from './facts-of-day.js';
import { type AccountPlan, accountPlan, type SampleCompany } from './plan.js';

/** A sample company of so many accounts whose facts are told from so many months ago up to `to`. */
export function sampleCompany(options: { accounts: number; months: number; seed: number; to: Day }): SampleCompany {
  return {
    seed: options.seed,
    accounts: options.accounts,
    from: addMonths(options.to, -options.months),
    to: options.to,
  };
}

export function accountPlans(company: SampleCompany): AccountPlan[] {
  return Array.from({ length: company.accounts }, (_, index) => accountPlan(company, index));
}

/** Everything in order of arrival: day by day, and within a day in an order that is not the accounts'. */
export function* factsByDay(company: SampleCompany): Generator<{ day: Day; facts: FactRow[] }> {
  const plans = accountPlans(company);
  // A stride that shares no factor with the count visits each account once, far from its neighbours.
  const stride = coprimeStride(plans.length);
  for (let day = company.from; day <= company.to; day = addDays(day, 1)) {
    const facts: FactRow[] = [];
    for (let step = 0; step < plans.length; step += 1) {
      const plan = plans[(step * stride + day) % plans.length];
      if (plan) facts.push(...factsOfDay(company, plan, day));
    }
    yield { day, facts };
  }
}

function coprimeStride(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (divisor(stride, count) !== 1) stride += 1;
  return stride;
}
