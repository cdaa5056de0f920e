import { Injectable } from '@nestjs/common';
import type { AccountLedger, LedgerQuery } from '@steward/shared/ledger';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { type Day, earlier, isoOf, type Month, toDay } from '../../domain/calendar/day.js';
import { firstDayOf, lastDayOf, monthOf } from '../../domain/calendar/month.js';
import { inPerCent } from '../../domain/reports/share.js';
import { bothEndsOf, grossRetention, monthlyLedger, netRetention } from '../../domain/revenue/ledger.js';
import { moneyOfDays } from '../../domain/revenue/money-rates.js';
import type { Scope } from '../../platform/auth/scope.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { LedgerRepository } from './ledger.repository.js';
import { RenewalsRepository } from './renewals.repository.js';

const MOST_MONTHS = 120;
const USUAL_MONTHS = 12;

/** An account’s revenue by month, worked out from its subscriptions. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: LedgerRepository,
    private readonly renewals: RenewalsRepository,
    private readonly workspaces: WorkspaceReader,
  ) {}

  ofAccount(scope: Scope, accountId: string, query: LedgerQuery): Promise<AccountLedger> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.renewals.isVisible(tx, scope, accountId))) throw new NotFound('account');
      const { currency, today } = await this.workspaces.workspace(tx);
      const { from, to } = monthsOf(query, today);
      const convert = moneyOfDays(await this.repository.rates(tx), currency);
      const rows = await this.repository.subscriptions(tx, accountId);
      const known = rows.flatMap(({ mrrMinor, ...row }) => (mrrMinor === null ? [] : [{ ...row, mrrMinor }]));
      const without = known.filter((each) => convert(each.mrrMinor, each.currency, firstDayOf(from)) === null);
      const months = monthlyLedger(known, convert, { from, to, today });
      const last = earlier(lastDayOf(to), today);
      const ends = bothEndsOf(known, convert, { from: firstDayOf(from), to: last });
      return {
        currency,
        months: months.map(({ month, ...figures }) => ({ month: isoOf(firstDayOf(month)).slice(0, 7), ...figures })),
        ...ends,
        grossRetention: inPerCent(grossRetention([ends])),
        netRetention: inPerCent(netRetention([ends])),
        unknownSubscriptions: rows.length - known.length + without.length,
      };
    });
  }
}

function monthsOf({ from, to }: LedgerQuery, today: Day): { from: Month; to: Month } {
  const last = to === undefined ? monthOf(today) : monthOf(toDay(`${to}-01`));
  const first = from === undefined ? ((last - USUAL_MONTHS + 1) as Month) : monthOf(toDay(`${from}-01`));
  const refuse = (path: string, message: string) => new InvalidInput(message, [{ path, message }]);
  if (first > last) throw refuse('to', 'The last month lies before the first one.');
  if (last - first >= MOST_MONTHS) throw refuse('from', `At most ${MOST_MONTHS} months are told at once.`);
  return { from: first, to: last };
}
