import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import { monthSql } from '../base/account-months.repository.js';
import { tierFilterSql } from '../base/filter-sql.js';
import { accountRows, conditionsOf } from '../base/month-sums.repository.js';
import type { ReportPage } from '../base/report-pages.service.js';

export interface FeatureUse {
  feature: string;
  tier: string | null;
  accounts: number;
}

/** Which features the accounts of each tier use. */
@Injectable()
export class FeaturesRepository {
  /** Tracked ones, by label. */
  features(tx: Tx): Promise<{ key: string; label: string }[]> {
    return open(tx).query('SELECT key, label FROM steward.feature WHERE tracked ORDER BY label, key');
  }

  /** Live accounts by tier and feature that they used in the month; from the sums of the night where they can tell. */
  used(tx: Tx, page: ReportPage, month: Month, { fromSums }: { fromSums: boolean }): Promise<FeatureUse[]> {
    const binder = new Binder();
    const first = `${binder.bind(monthSql(month))}::date`;
    if (fromSums) {
      const tier = page.filters.tierMode === 'now' ? 'r.tier_now' : 'r.tier';
      return open(tx).query(
        `SELECT f.key AS feature, ${tier} AS tier, sum(r.accounts)::int AS accounts
         FROM steward.report_feature r JOIN steward.feature f ON f.id = r.feature_id AND f.tracked
         WHERE r.month = ${first} AND ${tierFilterSql(page, tier, binder)} GROUP BY 1, 2 ORDER BY 1, 2`,
        binder.values,
      );
    }
    const { from, tier } = accountRows(page, 'level', 'tier', binder);
    return open(tx).query(
      `SELECT f.key AS feature, n.tier, n.accounts FROM (
         SELECT u.feature_id, ${tier} AS tier, count(*)::int AS accounts ${from} CROSS JOIN LATERAL unnest(m.features) AS u (feature_id)
         WHERE m.month = ${first} AND m.status IN ('trial', 'customer') AND ${conditionsOf(page, tier, binder)}
         GROUP BY 1, 2) n JOIN steward.feature f ON f.id = n.feature_id AND f.tracked
       ORDER BY 1, 2`,
      binder.values,
    );
  }
}
