import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Stage } from '@steward/shared/lifecycle';
import {
  accountsBehind,
  MOST_REPORT_MONTHS,
  type ReportFilters,
  USUAL_REPORT_MONTHS,
} from '@steward/shared/report-filters';
import type { Tier } from '@steward/shared/tiers';
import type { WorkspaceSettings } from '@steward/shared/workspace';
import type { Catalogue } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { checkRule } from '../../db/rules/check-rule.js';
import { allowEach, allowLargeSums } from '../../db/statement-time.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { earlier, isoOf, type Month, toDay } from '../../domain/calendar/day.js';
import { firstDayOf, lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { isoMonth, monthOfIso } from '../../domain/reports/period.js';
import { namedWrongly } from '../../domain/segments/named-segments.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { asOfDay, WorkspaceReader } from '../../records/workspace/workspace.reader.js';

/** Reports look at many rows; whoever waits longer than this has gone. */
const SECONDS = 20;
/** Of a sort or hash: figures over all accounts stay in memory. */
const MEGABYTES = 48;

/** Before this no workspace knows of anything, and periods to compare with still have a month of their own. */
const FIRST_MONTH = '1970-01';

/** What a page of managers is about: whose accounts, which of them, as of which day, over which months. */
export interface ReportPage {
  scope: Scope;
  /** The person who asks; null: a program. */
  askerId: string | null;
  filters: ReportFilters;
  catalogue: Catalogue;
  tiers: readonly Tier[];
  stages: readonly Stage[];
  /** The stage of accounts that have churned. */
  churnedStage: string;
  settings: WorkspaceSettings;
  currency: string;
  timeZone: string;
  today: IsoDay;
  /** Today, `asOf`, or the last day of a period that has ended. */
  day: IsoDay;
  /** The day is before today: answered from its snapshots. */
  past: boolean;
  /** `2026-04` */
  from: string;
  to: string;
  /** Of the first month. */
  firstDay: IsoDay;
  /** Of the last month, which may not be over. */
  lastDay: IsoDay;
}

/** What each answer says of itself. */
export function answered({ day, from, to, past, currency }: ReportPage) {
  return { day, from, to, live: !past, currency };
}

/** Questions of managers' pages, made sure of and answered in a transaction of their own. */
@Injectable()
export class ReportPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly segments: SegmentsReader,
  ) {}

  ask<Answer>(
    principal: Principal,
    filters: ReportFilters,
    answer: (tx: Tx, page: ReportPage) => Promise<Answer>,
  ): Promise<Answer> {
    return this.unitOfWork.run(async (tx) => answer(tx, await this.page(tx, principal, filters)));
  }

  async page(tx: Tx, principal: Principal, filters: ReportFilters): Promise<ReportPage> {
    await allowEach(tx, { seconds: SECONDS });
    await allowLargeSums(tx, { megabytes: MEGABYTES });
    const { catalogue, tiers, stages, churnedStage } = await this.catalogues.model(tx);
    const { today, settings, currency, timeZone } = await this.workspaces.workspace(tx);
    const asOf = toDay(asOfDay(filters.asOf, today).day);
    const to = filters.to === undefined ? monthOf(asOf) : monthOfIso(filters.to);
    const from = filters.from === undefined ? ((to - USUAL_REPORT_MONTHS + 1) as Month) : monthOfIso(filters.from);
    if (from < monthOfIso(FIRST_MONTH)) {
      throw refused(filters.from === undefined ? 'asOf' : 'from', `There is nothing before ${FIRST_MONTH}.`);
    }
    if (from > to) throw refused('to', 'The last month lies before the first one.');
    if (to - from >= MOST_REPORT_MONTHS)
      throw refused('from', `At most ${MOST_REPORT_MONTHS} months are told at once.`);
    if (firstDayOf(from) > asOf) throw refused('from', `There is nothing of ${filters.from} yet.`);
    const day = earlier(asOf, lastDayOf(to));
    const page = {
      askerId: principal.kind === 'user' ? principal.user.id : null,
      ...{ scope: principal.scope, filters, catalogue, tiers, stages, churnedStage, settings, currency, timeZone },
      today: isoOf(today),
      day: isoOf(day),
      past: day < today,
      from: isoMonth(from),
      to: isoMonth(to),
      firstDay: isoOf(firstDayOf(from)),
      lastDay: isoOf(lastDayOf(to)),
    };
    await this.mustHold(tx, principal, page);
    return page;
  }

  /** The filters name only what there is, and segments that the reader may see. */
  private async mustHold(tx: Tx, principal: Principal, { filters, day, past, catalogue }: ReportPage): Promise<void> {
    const behind = accountsBehind({ filters, day, live: !past }, { kind: 'every' });
    if (behind.kind !== 'accounts') return;
    const problems = checkRule(behind.rule, catalogue, { purpose: 'filter' }).map(({ message }) => message);
    if (filters.segment !== undefined) {
      const seen = await this.segments.seenBy(tx, principal.kind === 'user' ? principal.user.id : null);
      problems.push(...namedWrongly(behind.rule, 'account', seen).map(({ message }) => message));
    }
    const [message] = problems;
    if (message !== undefined) throw new InvalidInput(message, [{ path: '', message }], 'FILTER_NOT_VALID');
  }
}

const refused = (path: string, message: string) => new InvalidInput(message, [{ path, message }]);
