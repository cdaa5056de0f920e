import { Injectable } from '@nestjs/common';
import type { EffectQuery, PlaybookDefinition, PlaybookEffect } from '@steward/shared/playbooks';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { type Sample, welchDifference, wilsonInterval } from '../../domain/goals/effect.js';
import { cautionsOf } from '../../domain/goals/effect-cautions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { Questions } from '../account-list/questions.service.js';
import { EffectRepository, type GoalCounts, type GroupRow } from './effect.repository.js';

const DAYS = 365;
/** Who came into a segment is kept for so long. */
const MOST_DAYS = 400;
const OF_ALL = { rule: null, text: '', asOf: null } as const;

/** What came of a playbook, over the accounts that the reader may see. */
@Injectable()
export class PlaybookEffects {
  constructor(
    private readonly questions: Questions,
    private readonly repository: EffectRepository,
    private readonly playbooks: PlaybooksReader,
  ) {}

  effect(principal: Principal, id: string, asked: EffectQuery): Promise<PlaybookEffect> {
    return this.questions.ask(principal, OF_ALL, async (tx, { scope, day: today }) => {
      const published = await this.playbooks.published(tx);
      const definition = published.find((each) => each.id === id)?.definition;
      if (!definition) throw new NotFound('playbook');
      const { triggers, durationDays } = definition;
      const period = periodOf(asked, today);
      const question = { playbookId: id, durationDays, ...triggers, ...period, today };
      const counts = await this.repository.goals(tx, scope, question);
      const groups = await this.repository.groups(tx, scope, question);
      return { ...period, ...effectOf(definition, counts, groups) };
    });
  }
}

function effectOf(
  { triggers, durationDays }: PlaybookDefinition,
  counts: GoalCounts,
  { treated, compared }: { treated: GroupRow; compared: GroupRow },
): Omit<PlaybookEffect, 'from' | 'to'> {
  const hasTriggers = triggers.segmentIds.length + triggers.alertRuleIds.length > 0;
  const { started, ended, achieved, missed, cancelled, cancelledByPeople, medianDays } = counts;
  const judged = achieved + missed + cancelledByPeople;
  const difference = hasTriggers ? welchDifference(sampleOf(treated), sampleOf(compared)) : null;
  return {
    started,
    ended,
    achieved,
    missed,
    cancelled,
    successRate: judged === 0 ? null : achieved / judged,
    successInterval: wilsonInterval(achieved, judged),
    medianDays,
    treated: shown(treated),
    compared: hasTriggers ? shown(compared) : null,
    scoreDifference: difference,
    cautions: cautionsOf({
      ...counts,
      cancelledByThemselves: cancelled - cancelledByPeople,
      durationDays,
      treated,
      compared: hasTriggers ? compared : null,
      difference,
    }),
  };
}

function sampleOf({ scoreKnown, meanChange, variance }: GroupRow): Sample {
  return { n: scoreKnown, mean: meanChange ?? 0, variance: variance ?? 0 };
}

function shown({ accounts, meanChange, scoreKnown, arrFrom, arrTo, arrKnown }: GroupRow): PlaybookEffect['treated'] {
  const arrChangePercent = arrFrom > 0 ? (100 * (arrTo - arrFrom)) / arrFrom : null;
  return { accounts, scoreChange: meanChange, scoreKnown, arrChangePercent, arrKnown };
}

/** A year through today, unless it is said; what lies ahead has not happened. */
function periodOf(asked: EffectQuery, today: string): { from: string; to: string } {
  const to = asked.to === undefined || asked.to > today ? today : asked.to;
  const from = asked.from ?? isoOf(addDays(toDay(to), 1 - DAYS));
  if (from > to) throw new InvalidInput('The time ends before it begins.', [{ path: 'from', message: from }]);
  if (toDay(to) - toDay(from) >= MOST_DAYS) {
    throw new InvalidInput(`At most ${MOST_DAYS} days can be looked at.`, [{ path: 'from', message: from }]);
  }
  return { from, to };
}
