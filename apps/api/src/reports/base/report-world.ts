import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { ConvertAt } from '../../domain/revenue/ledger.js';
import { moneyOfDays } from '../../domain/revenue/money-rates.js';
import { Clock } from '../../platform/clock.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { AccountMonthsRepository } from './account-months.repository.js';

/** What figures need to know of the workspace: the clock, and what money of other currencies is worth. */
@Injectable()
export class ReportWorld {
  constructor(
    private readonly months: AccountMonthsRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  async money(tx: Tx): Promise<ConvertAt> {
    const { currency } = await this.workspaces.workspace(tx);
    return moneyOfDays(await this.months.rates(tx), currency);
  }
}
