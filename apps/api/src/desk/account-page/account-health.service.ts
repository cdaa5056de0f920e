import { Injectable } from '@nestjs/common';
import type { Series } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import type { AccountExplanation, ScoreChange } from '@steward/shared/health';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { isSeriesField } from '../../db/rules/series-sql.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { daysBetween, isoOf, toDay } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import { InvalidInput, NotFound, Refused } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { AccountExplanations, type StoredDay } from '../../stages/account-explanations.js';
import { AccountPageRepository } from './account-page.repository.js';
import { type SeriesRow, StoredDaysRepository } from './stored-days.repository.js';

const MOST_FIELDS = 20;
const MOST_DAYS = 1200;

/** Why an account has its score, what changed it, and how its values went. */
@Injectable()
export class AccountHealthService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly pages: AccountPageRepository,
    private readonly storedDays: StoredDaysRepository,
    private readonly explanations: AccountExplanations,
  ) {}

  async explanation(scope: Scope, accountId: string, asOf: IsoDay | undefined): Promise<AccountExplanation> {
    return this.unitOfWork.run(async (tx) => {
      const today = await this.todayIfVisible(tx, scope, accountId);
      const stored = await this.scored(tx, accountId, asOf ?? today, today);
      if (stored === null) throw new Refused('NO_SCORE', 'The account has no score on this day.');
      const explained = await this.explanations.explain(tx, stored);
      return { ...explained, profile: await this.storedDays.profileOf(tx, stored) };
    });
  }

  async changes(scope: Scope, accountId: string, days: { from: IsoDay; to: IsoDay }): Promise<ScoreChange> {
    if (days.from >= days.to) throw new InvalidInput('from must lie before to', [], 'DAYS_REVERSED');
    return this.unitOfWork.run(async (tx) => {
      const today = await this.todayIfVisible(tx, scope, accountId);
      const then = await this.scored(tx, accountId, days.from, today);
      const now = await this.scored(tx, accountId, days.to, today);
      if (!then || !now || then.score === null || now.score === null) {
        const since = await this.storedDays.firstScoredDay(tx, accountId);
        const missing = [...(then?.score == null ? ['from'] : []), ...(now?.score == null ? ['to'] : [])];
        throw new Refused('NO_SCORE', 'There is no score on one of the two days.', [
          ...missing.map((path) => ({ path, message: 'has no score' })),
          ...(since === null ? [] : [{ path: 'since', message: since }]),
        ]);
      }
      const between = await this.storedDays.daysAtNewVersions(tx, then, now);
      return this.explanations.changes(tx, [then, ...between, now]);
    });
  }

  async series(scope: Scope, accountId: string, query: { fields: string; from: IsoDay; to: IsoDay }): Promise<Series> {
    const keys = [...new Set(query.fields.split(',').map((key) => key.trim()))].filter((key) => key !== '');
    if (keys.length === 0 || keys.length > MOST_FIELDS) {
      throw new InvalidInput(`Between 1 and ${MOST_FIELDS} fields are expected`, [
        { path: 'fields', message: query.fields },
      ]);
    }
    if (query.from > query.to || daysBetween(toDay(query.from), toDay(query.to)) > MOST_DAYS) {
      throw new InvalidInput(`A span of up to ${MOST_DAYS} days is expected`, [{ path: 'from', message: query.from }]);
    }
    return this.unitOfWork.run(async (tx) => {
      await this.todayIfVisible(tx, scope, accountId);
      const { catalogue } = await this.catalogues.model(tx);
      const fields = keys.map((key) => {
        const bound = catalogue.fields.get(key);
        if (bound && isSeriesField(bound)) return bound;
        throw new InvalidInput(`fields: no value a day is kept of ${key}`, [
          { path: 'fields', code: 'FIELD_NOT_TRACKED', message: `no value a day is kept of ${key}` },
        ]);
      });
      const rows = await this.storedDays.series(tx, accountId, fields, query, catalogue.minorDigits);
      return seriesOf(keys, rows);
    });
  }

  private async todayIfVisible(tx: Tx, scope: Scope, accountId: string): Promise<IsoDay> {
    if (!(await this.pages.isVisible(tx, scope, accountId))) throw new NotFound('account');
    return isoOf(await this.workspaces.today(tx));
  }

  private async scored(tx: Tx, accountId: string, day: IsoDay, today: IsoDay): Promise<StoredDay | null> {
    return day > today ? null : this.storedDays.scoredDay(tx, accountId, day, day === today);
  }
}

/** Columns from rows; days before the first snapshot are left out, later ones without one are gaps. */
function seriesOf(keys: readonly string[], rows: readonly SeriesRow[]): Series {
  const first = rows.findIndex(({ exists }) => exists);
  const kept = first < 0 ? [] : rows.slice(first);
  const modelled = kept.filter(({ model }) => model !== null);
  return {
    days: kept.map(({ day }) => day),
    values: Object.fromEntries(keys.map((key, index) => [key, kept.map(({ values }) => values[index] ?? null)])),
    modelChanges: modelled.flatMap(({ day, model }, index) => {
      const before = modelled[index - 1]?.model;
      return before && model && before !== model ? [{ day, from: before, to: model }] : [];
    }),
    bands: kept.map(({ band }) => band),
  };
}
