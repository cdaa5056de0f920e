import { Injectable } from '@nestjs/common';
import type { AlertQuality, AlertQualityQuery } from '@steward/shared/alert-rules';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { qualityOf } from '../../domain/alerts/quality.js';
import { businessHoursAfter } from '../../domain/calendar/business-hours.js';
import { addDays, isoOf, toDay, toDayOrNull } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { AlertQualityRepository, type JudgedAlert } from './alert-quality.repository.js';
import { AlertRulesRepository } from './alert-rules.repository.js';

const DAYS = 90;
/** All that opened on these days is read at once. */
const MOST_DAYS = 400;

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
      const judged = (alert: JudgedAlert) => {
        const tier = tiers.find(({ key }) => key === alert.tier) ?? tiers.at(-1);
        return {
          ...alert,
          endedDay: toDayOrNull(alert.endedDay),
          churnedOn: toDayOrNull(alert.churnedOn),
          answerBy: businessHoursAfter(alert.openedAt.getTime(), tier?.responseHours ?? 0, timeZone),
        };
      };
      const alerts = await this.repository.alerts(tx, scope, from, to);
      const rules = (await this.rules.all(tx)).map(({ id, name }) => ({
        ruleId: id,
        name,
        ...qualityOf(alerts.filter(({ ruleId }) => ruleId === id).map(judged), { today, now }),
      }));
      return { from, to, rules };
    });
  }
}
