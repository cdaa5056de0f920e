import { Injectable } from '@nestjs/common';
import type {
  RevenueAccounts,
  RevenueAccountsQuery,
  RevenueDimension,
  RevenueQuery,
  RevenueReport,
  RevenueRow,
} from '@steward/shared/revenue-report';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf, type Month } from '../../domain/calendar/day.js';
import { firstDayOf } from '../../domain/calendar/month.js';
import { YEAR_MONTHS } from '../../domain/reports/account-months.js';
import { comparedPeriod, monthOfIso, type Period } from '../../domain/reports/period.js';
import { isInPart } from '../../domain/reports/revenue-part.js';
import { added, type CohortSums, NO_COHORT, retentionOf } from '../../domain/reports/sums.js';
import type { Principal } from '../../platform/auth/principal.js';
import { type AccountEnds, keyOfEnds } from '../base/account-ends.service.js';
import { ReportMonths, type ToldMonths } from '../base/report-months.service.js';
import { type ReportPage, ReportPages } from '../base/report-pages.service.js';
import { basisOf, lastToldDay, RevenuePeriods } from './periods.service.js';
import { type FoundAccounts, RevenueAccountsRepository } from './revenue-accounts.repository.js';

/** What came and went of recurring revenue, and what of it was kept. */
@Injectable()
export class RevenueReports {
  constructor(
    private readonly pages: ReportPages,
    private readonly months: ReportMonths,
    private readonly periods: RevenuePeriods,
    private readonly accountsOf: RevenueAccountsRepository,
  ) {}

  report(principal: Principal, { by, ...filters }: RevenueQuery): Promise<RevenueReport> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const told = await this.months.of(tx, page);
      const { period } = told;
      const other = filters.compare === undefined ? null : comparedPeriod(period, filters.compare);
      const cohorts = await this.periods.cohorts(tx, page, told, period, by);
      const otherCohorts = other && (await this.periods.cohorts(tx, page, told, other, by));
      const whole = await this.whole(tx, page, told, { period, by, cohorts });
      const wholeOther =
        otherCohorts && (await this.whole(tx, page, told, { period: other, by, cohorts: otherCohorts }));
      return {
        ...told.state,
        by,
        period: await this.periods.period(tx, page, told, period, whole),
        compared: other && wholeOther && (await this.periods.period(tx, page, told, other, wholeOther)),
        rows: await this.rows(tx, page, by, cohorts, otherCohorts),
        unknownSubscriptions: await this.periods.unknownSubscriptions(tx, page),
      };
    });
  }

  /** The accounts behind a figure. */
  accounts(principal: Principal, query: RevenueAccountsQuery): Promise<RevenueAccounts> {
    const { month: iso, span, part, by, key, offset, limit, ...filters } = query;
    return this.pages.ask(principal, filters, async (tx, page) => {
      const told = await this.months.of(tx, page);
      const month = monthOfIso(iso);
      const period = span === 'period' ? told.period : periodOf(month, span);
      const group = by === undefined ? null : { by, key: key === undefined || key === '' ? null : key };
      const asked = { part, group, offset, limit };
      const basis = basisOf(told, period);
      const found =
        basis === null
          ? partOf(await this.endsOfGroup(tx, page, told, period, group), asked)
          : await this.accountsOf.find(tx, page, { ...asked, month: period.to, span: basis });
      const days = { fromDay: isoOf(firstDayOf(period.from)), toDay: isoOf(lastToldDay(told, period)) };
      return { ...told.state, ...days, ...found };
    });
  }

  /** Accounts at both ends of a period that no row tells of. */
  private async endsOfGroup(tx: Tx, page: ReportPage, told: ToldMonths, period: Period, group: Group | null) {
    const ends = await this.periods.endsOf(tx, page, told, period);
    if (group === null || group.by === 'whole') return ends;
    const { by, key } = group;
    if (by !== 'segment') return ends.filter((row) => keyOfEnds(row, by) === key);
    const members: AccountEnds[] = [];
    for await (const { row } of this.periods.members(tx, page, ends, key ?? '')) members.push(row);
    return members;
  }

  /** Groups add up to the whole, but for segments: accounts belong to several, or to none. */
  private async whole(
    tx: Tx,
    page: ReportPage,
    told: ToldMonths,
    { period, by, cohorts }: { period: Period; by: RevenueDimension; cohorts: Map<string | null, CohortSums> },
  ): Promise<CohortSums> {
    const groups = by === 'segment' ? await this.periods.cohorts(tx, page, told, period, 'whole') : cohorts;
    return added([...groups.values()], NO_COHORT);
  }

  private async rows(
    tx: Tx,
    page: ReportPage,
    by: RevenueDimension,
    cohorts: Map<string | null, CohortSums>,
    others: Map<string | null, CohortSums> | null,
  ): Promise<RevenueRow[]> {
    const keys = [...new Set([...cohorts.keys(), ...(others?.keys() ?? [])])];
    const labels = await this.labels(tx, page, by, keys);
    return keys
      .map((key) => ({
        key,
        label: key === null ? WITHOUT[by] : (labels.get(key) ?? key),
        retention: retentionOf(cohorts.get(key) ?? NO_COHORT),
        compared: others && retentionOf(others.get(key) ?? NO_COHORT),
      }))
      .filter(({ retention, compared }) => retention.accounts > 0 || (compared?.accounts ?? 0) > 0)
      .sort((a, b) => b.retention.startMinor - a.retention.startMinor || (a.label < b.label ? -1 : 1));
  }

  private async labels(
    tx: Tx,
    { tiers }: ReportPage,
    by: RevenueDimension,
    keys: readonly (string | null)[],
  ): Promise<Map<string, string>> {
    if (by === 'tier') return new Map(tiers.map(({ key, label }) => [key, label]));
    if (by !== 'csm' && by !== 'am' && by !== 'segment') return new Map();
    const ids = keys.filter((key) => key !== null);
    const names = await this.accountsOf.names(tx, by, ids);
    return new Map(names.map(({ id, name }) => [id, name]));
  }
}

const WITHOUT: Record<RevenueDimension, string> = {
  tier: 'No tier',
  csm: 'No CSM',
  am: 'No account manager',
  region: 'No region',
  plan: 'No plan',
  segment: 'No segment',
  whole: 'All accounts',
};

function periodOf(month: Month, span: 'month' | 'year'): Period {
  return { from: span === 'month' ? month : ((month - YEAR_MONTHS + 1) as Month), to: month };
}

/** What accounts stand under in a dimension; null: without one. */
interface Group {
  by: RevenueDimension;
  key: string | null;
}

type AskedPart = Pick<RevenueAccountsQuery, 'part' | 'offset' | 'limit'>;

function partOf(ends: readonly AccountEnds[], { part, offset, limit }: AskedPart): FoundAccounts {
  const found = ends
    .filter((row) => isInPart(part, row))
    .sort((a, b) => change(b) - change(a) || b.startMinor - a.startMinor || (a.accountId < b.accountId ? -1 : 1));
  return {
    accounts: found.length,
    startMinor: found.reduce((sum, { startMinor }) => sum + startMinor, 0),
    endMinor: found.reduce((sum, { endMinor }) => sum + endMinor, 0),
    rows: found.slice(offset, offset + limit).map(({ accountId, name, externalId, tier, csmName, ...row }) => ({
      ...{ accountId, name, externalId, tier, csm: csmName },
      ...{ startMinor: row.startMinor, endMinor: row.endMinor, movement: row.movement },
    })),
  };
}

const change = ({ startMinor, endMinor }: AccountEnds) => Math.abs(endMinor - startMinor);
