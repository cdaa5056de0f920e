import { Injectable } from '@nestjs/common';
import type { AlertQuality, AlertQualityQuery } from '@steward/shared/alert-rules';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { type QualityAlert, QualityTally } from '../../domain/alerts/quality.js';
import { businessHoursAfter } from '../../domain/calendar/business-hours.js';
import { addDays, isoOf, toDay, toDayOrNull } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { AlertQualityRepository, type JudgedAlert } from './alert-quality.repository.js';
import { AlertRulesRepository } from './alert-rules.repository.js';

const DAYS = 90;
const MOST_DAYS = 400;
/** Alerts of a run open at the same instant: so many answers to when their time is over are kept. */
const MOST_PROMISES = 10_000;

/** How good the rules are, over the accounts that the reader may see. */
@Injectable()
export class AlertQualityService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AlertQualityRepository,
    private readonly rules: AlertRulesRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly clock: Clock,
  ) {}

  quality(scope: Scope, asked: AlertQualityQuery): Promise<AlertQuality> {
    return this.unitOfWork.run(async (tx) => {
      const { today, timeZone } = await this.workspaces.workspace(tx);
      const to = asked.to ?? isoOf(today);
      const from = asked.from ?? isoOf(addDays(toDay(to), 1 - DAYS));
      if (from > to) throw new InvalidInput('The time ends before it begins.', [{ path: 'from', message: from }]);
      if (toDay(to) - toDay(from) >= MOST_DAYS) {
        throw new InvalidInput(`At most ${MOST_DAYS} days can be looked at.`, [{ path: 'from', message: from }]);
      }
      const { tiers } = await this.catalogues.model(tx);
      const now = this.clock.now().getTime();
      const answerBy = promises(timeZone);
      const judged = (alert: JudgedAlert): QualityAlert => {
        const tier = tiers.find(({ key }) => key === alert.tier) ?? tiers.at(-1);
        return {
          ...alert,
          endedDay: toDayOrNull(alert.endedDay),
          churnedOn: toDayOrNull(alert.churnedOn),
          answerBy: answerBy(alert.openedAt.getTime(), tier?.responseHours ?? 0),
        };
      };
      const rules: AlertQuality['rules'] = [];
      for (const { id, name } of await this.rules.all(tx)) {
        const tally = new QualityTally({ today, now });
        for await (const page of this.repository.pages(tx, scope, id, from, to)) {
          for (const alert of page) tally.add(judged(alert));
        }
        rules.push({ ruleId: id, name, ...tally.figures });
      }
      return { from, to, rules };
    });
  }
}

/** Business hours after an instant, which take long to tell, told once for all alerts that opened then. */
function promises(timeZone: string): (openedAt: number, hours: number) => number {
  const known = new Map<string, number>();
  return (openedAt, hours) => {
    const key = `${openedAt} ${hours}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= MOST_PROMISES) known.clear();
    const until = businessHoursAfter(openedAt, hours, timeZone);
    known.set(key, until);
    return until;
  };
}
