import type { Day } from '../calendar/day.js';
import { HISTORY_DAYS, SAME_RENEWAL_DAYS } from './contract-ends.js';
import { RENEWED_EARLY_DAYS, renewedOf, type ToldRenewal } from './renewals.js';

/** How what the facts say goes together with what is kept: people's words stay, and a contract that was extended in place went on. */

export interface KeptRenewal extends ToldRenewal {
  /** A person told the outcome: the facts leave it alone. */
  byPerson: boolean;
}

export interface RenewalChanges {
  /** As they are to stand: new ones and those that changed. */
  put: ToldRenewal[];
  /** The same renewal on another day: it takes its forecast along. */
  move: { from: Day; to: Day }[];
  remove: Day[];
}

const NO_DAYS: ReadonlySet<Day> = new Set();

/**
 * What has to change so that the kept renewals say what the facts say. A kept one whose due date is in the facts no more,
 * and which has no outcome yet, was renewed if the next one is four weeks later or more (and it was not more than 90 days
 * before it was due); else it is the same renewal, corrected. One with an outcome stays: facts that came later in place of
 * older ones do not tell what became of them. An amount no longer changes once the day has passed. `changes`: days on which
 * a subscription was changed in the middle of its term, which is no renewal.
 */
export function keepRenewals(
  kept: readonly KeptRenewal[],
  told: readonly ToldRenewal[],
  asOf: Day,
  changes: ReadonlySet<Day> = NO_DAYS,
): RenewalChanges {
  const found: RenewalChanges = { put: [], move: [], remove: [] };
  const byDay = new Map(kept.map((each) => [each.dueOn, each]));
  const put = new Map<Day, ToldRenewal>();
  for (const each of told) {
    const known = byDay.get(each.dueOn);
    if (known?.byPerson) continue;
    const isSettled = known !== undefined && each.dueOn < asOf && known.amountMinor !== null;
    put.set(each.dueOn, isSettled ? { ...each, amountMinor: known.amountMinor } : each);
  }
  const days = new Set(told.map(({ dueOn }) => dueOn));
  const gone = kept.filter(({ dueOn, outcome, byPerson }) => {
    return !byPerson && outcome === null && !days.has(dueOn) && dueOn >= asOf - HISTORY_DAYS;
  });
  const open = told.filter(({ dueOn, outcome }) => outcome === null && !byDay.has(dueOn));
  const taken = new Set<Day>();
  for (const each of [...gone].sort((a, b) => a.dueOn - b.dueOn)) {
    const next = told.find(({ dueOn, outcome }) => outcome !== 'lost' && dueOn > each.dueOn);
    const movedOn = next !== undefined && next.dueOn >= each.dueOn + SAME_RENEWAL_DAYS && !changes.has(each.dueOn);
    if (movedOn && asOf >= each.dueOn - RENEWED_EARLY_DAYS) {
      const renewedMinor = next.amountMinor;
      put.set(each.dueOn, {
        dueOn: each.dueOn,
        amountMinor: each.amountMinor,
        outcome: renewedOf(each.amountMinor, renewedMinor),
        outcomeDay: asOf,
        renewedMinor,
      });
      continue;
    }
    const moved = open.find(({ dueOn }) => !taken.has(dueOn));
    if (moved) {
      taken.add(moved.dueOn);
      found.move.push({ from: each.dueOn, to: moved.dueOn });
    }
    found.remove.push(each.dueOn);
  }
  for (const each of put.values()) if (!same(byDay.get(each.dueOn), each)) found.put.push(each);
  found.put.sort((a, b) => a.dueOn - b.dueOn);
  return found;
}

function same(kept: ToldRenewal | undefined, told: ToldRenewal): boolean {
  return (
    kept !== undefined &&
    kept.amountMinor === told.amountMinor &&
    kept.outcome === told.outcome &&
    kept.outcomeDay === told.outcomeDay &&
    kept.renewedMinor === told.renewedMinor
  );
}
