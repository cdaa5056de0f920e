import { Injectable } from '@nestjs/common';
import type { DealStage, DealStageList } from '@steward/shared/deals';
import type { ChurnReason, ChurnReasonList } from '@steward/shared/leaving';
import { open, type Tx } from '../../db/unit-of-work.js';
import { DEFAULT_DEAL_STAGES } from '../../domain/deals/stages.js';
import { DEFAULT_CHURN_REASONS } from '../../domain/renewals/churn-reasons.js';

export type SalesList = 'dealStages' | 'churnReasons';

/** The lists of the workspace that deals and churns are told in. Those that nobody has changed are the product's. */
@Injectable()
export class SalesLists {
  async dealStages(tx: Tx): Promise<DealStageList> {
    const kept = await this.kept<DealStage>(tx, 'dealStages');
    return kept === null ? { stages: [...DEFAULT_DEAL_STAGES], revision: 0 } : { stages: kept.entries, ...kept.at };
  }

  async churnReasons(tx: Tx): Promise<ChurnReasonList> {
    const kept = await this.kept<ChurnReason>(tx, 'churnReasons');
    return kept === null ? { reasons: [...DEFAULT_CHURN_REASONS], revision: 0 } : { reasons: kept.entries, ...kept.at };
  }

  private async kept<Entry>(tx: Tx, key: SalesList): Promise<{ entries: Entry[]; at: { revision: number } } | null> {
    const [row] = await open(tx).query<{ entries: Entry[]; revision: number }>(
      'SELECT entries, revision FROM steward.editable_list WHERE key = $1',
      [key],
    );
    return row ? { entries: row.entries, at: { revision: row.revision } } : null;
  }
}
