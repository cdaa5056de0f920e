import { Injectable } from '@nestjs/common';
import type { AlertDryRun, AlertDryRunAnswer } from '@steward/shared/alert-rules';
import type { Rule } from '@steward/shared/rules';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { firingRule } from '../../domain/alerts/alert-rule.js';
import { againstChurns, PastFirings } from '../../domain/alerts/dry-run.js';
import { isStorm } from '../../domain/alerts/storm.js';
import { surelyHolds } from '../../domain/alerts/unknown.js';
import { addDays, type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { problemsOf, refuse } from './alert-rule-check.js';
import { AlertRulesRepository } from './alert-rules.repository.js';
import { type Asked, DryRunRepository } from './dry-run.repository.js';

/** What the past may cost: where a day takes long, fewer days are looked at, and the answer says how many. */
const BUDGET_MS = 4_000;

interface Conditions {
  firing: Rule;
  clears: Rule | null;
}

/** What a rule that is being written finds today, and would have found on closed days. Nothing is kept of it. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: DryRunRepository,
    private readonly rules: AlertRulesRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  run(scope: Scope, asked: AlertDryRun): Promise<AlertDryRunAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const model = await this.catalogues.model(tx);
      refuse(problemsOf(asked, model, await this.rules.sharedSegments(tx)));
      const { catalogue } = model;
      const stageOf = (key: string) => catalogue.fields.get(key)?.field.stage;
      const conditions = {
        firing: firingRule(asked, stageOf),
        clears: asked.clearRule === null ? null : surelyHolds(asked.clearRule, stageOf),
      };
      const today = await this.workspaces.today(tx);
      await this.repository.bound(tx);
      const about = { catalogue, scope };
      const now = await this.repository.today(tx, conditions.firing, asked.tiers, { ...about, day: isoOf(today) });
      const { past, nowOnlyFields } = await this.past(tx, conditions, about, asked, today);
      return {
        today: { asOf: isoOf(today), ...now, wouldHold: isStorm(now.accounts, now.inScope) },
        past,
        nowOnlyFields,
      };
    });
  }

  private async past(
    tx: Tx,
    { firing, clears }: Conditions,
    about: Omit<Asked, 'day'>,
    { days, coolDownDays }: AlertDryRun,
    today: Day,
  ): Promise<Pick<AlertDryRunAnswer, 'past' | 'nowOnlyFields'>> {
    const last = addDays(today, -1);
    const known = await this.repository.firstDay(tx, isoOf(addDays(today, -days)), isoOf(last));
    if (known === null) return { past: null, nowOnlyFields: [] };
    const began = performance.now();
    const { nowOnlyFields } = await this.repository.onDay(tx, firing, { ...about, day: isoOf(last) });
    const affordable = Math.max(1, Math.floor(BUDGET_MS / (performance.now() - began)));
    const first = Math.max(toDay(known), addDays(last, 1 - affordable)) as Day;
    const firings = new PastFirings(coolDownDays);
    for (let day = first; day <= last; day = addDays(day, 1)) {
      const of = { ...about, day: isoOf(day) };
      const { ids } = await this.repository.onDay(tx, firing, of);
      const clear = clears === null ? null : (await this.repository.onDay(tx, clears, of, firings.liveAccounts)).ids;
      firings.day(day, ids, clear);
    }
    const churns = await this.repository.churned(tx, about.scope, isoOf(first), isoOf(today));
    const churnedOn = new Map(churns.map(({ id, day }) => [id, toDay(day)]));
    const past = {
      from: isoOf(first),
      to: isoOf(last),
      days: last - first + 1,
      daysAsked: days,
      fired: firings.firings.length,
      churned: churns.length,
      ...againstChurns(firings.firings, churnedOn),
    };
    return { past, nowOnlyFields };
  }
}
