import { Injectable } from '@nestjs/common';
import { v7 as newUuid } from 'uuid';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import { monthOf } from '../../domain/calendar/month.js';
import {
  dayOfMonthRow,
  type KnownMrr,
  type MonthRevenue,
  type MonthSpan,
  monthsOfSubscriptions,
  monthsWithoutSubscriptions,
} from '../../domain/reports/account-months.js';
import { log } from '../../platform/logging/log.js';
import { type Batch, BUCKETS, bucketRange, planRanges } from '../../stages/batch.js';
import { AccountMonthsRepository } from './account-months.repository.js';
import { type DueAccount, ReportOrdersRepository } from './report-orders.repository.js';
import { ReportSums } from './report-sums.service.js';
import { ReportWorld } from './report-world.js';

const BATCH = 2_000;
const DUE_AT_ONCE = 500;

export interface BuildOptions {
  signal?: AbortSignal;
  /** The part that is done, in [0, 1]. */
  onProgress?: (share: number) => void;
}

export interface Built {
  accounts: number;
  rows: number;
}

/** Where one account after the other fails and none succeeds, the fault is not theirs. */
const MOST_FAILURES = 20;

class SingleFailures {
  private failed = 0;
  private hasSucceeded = false;

  ended(accounts: number): void {
    this.hasSucceeded ||= accounts > 0;
  }

  add(error: unknown): void {
    this.failed += 1;
    if (this.failed > MOST_FAILURES && !this.hasSucceeded) throw error;
  }
}

type Revenue = { accountId: string } & MonthRevenue;

/**
 * Puts down what managers read: a row an account and month, then sums of them. From the same facts it makes the same rows,
 * however often and by how many it is done; what is as it was is not written.
 */
@Injectable()
export class ReportBuild {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly months: AccountMonthsRepository,
    private readonly sums: ReportSums,
    private readonly orders: ReportOrdersRepository,
    private readonly catalogues: CatalogueReader,
    private readonly world: ReportWorld,
  ) {}

  /** Does everything that is due. False: there was nothing. */
  async runDue(options: BuildOptions = {}): Promise<boolean> {
    const orders = await this.unitOfWork.run((tx) => this.orders.takeUp(tx, this.world.now()));
    const ids = orders.map(({ id }) => id);
    try {
      if (orders.length > 0) {
        const from = Math.min(...orders.map((order) => order.from)) as Month;
        const to = Math.max(...orders.map((order) => order.to)) as Month;
        const advance = (built: Built) =>
          this.unitOfWork.run((tx) => this.orders.advance(tx, ids, built.accounts, built.rows));
        await this.build({ from, to }, options, advance);
        if (options.signal?.aborted) {
          await this.unitOfWork.run((tx) => this.orders.leave(tx, ids));
          return true;
        }
        await this.unitOfWork.run((tx) => this.orders.finish(tx, ids, this.world.now()));
      }
    } catch (error) {
      log.error({ err: error }, 'the figures of reports could not be put down');
      const problem = error instanceof Error ? error.message : String(error);
      await this.unitOfWork.run((tx) => this.orders.postpone(tx, ids, problem, this.world.now()));
      return true;
    }
    return (await this.buildDueAccounts(options)) > 0 || orders.length > 0;
  }

  /** By hand, in this process. What is left half done has an order, so that workers bring it to its end. */
  async buildByHand(asked: { from: Month; to: Month }): Promise<Built> {
    const id = newUuid();
    await this.unitOfWork.run((tx) => this.orders.begin(tx, { id, ...asked, at: this.world.now() }));
    try {
      const advance = ({ accounts, rows }: Built) =>
        this.unitOfWork.run((tx) => this.orders.advance(tx, [id], accounts, rows));
      const built = await this.build(asked, {}, advance);
      await this.unitOfWork.run((tx) => this.orders.finish(tx, [id], this.world.now()));
      return built;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      await this.unitOfWork.run((tx) => this.orders.postpone(tx, [id], problem, this.world.now()));
      throw error;
    }
  }

  /** Months of all accounts, as far as days are closed and kept. */
  async build(
    asked: { from: Month; to: Month },
    { signal, onProgress }: BuildOptions = {},
    onBatch: (built: Built) => Promise<void> = async () => undefined,
  ): Promise<Built> {
    const total: Built = { accounts: 0, rows: 0 };
    const span = await this.unitOfWork.run((tx) => this.spanOf(tx, asked));
    if (span === null) return total;
    // Before their rows are others: what a reader takes from the owners of before is what they were summed up with.
    await this.sums.settle({ moveTiers: false, signal });
    const counts = await this.unitOfWork.run((tx) => this.months.bucketCounts(tx));
    const ranges = planRanges(
      counts,
      Array.from({ length: BUCKETS }, (_, bucket) => bucket),
      BATCH,
    );
    for (const [index, [first, last]] of ranges.entries()) {
      if (signal?.aborted) return total;
      const accounts = counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
      if (accounts > 0) {
        const rows = await this.unitOfWork.run((tx) => this.buildBatch(tx, bucketRange(first, last), span));
        total.accounts += accounts;
        total.rows += rows;
        await onBatch({ accounts, rows });
      }
      onProgress?.((index + 1) / (ranges.length + 1));
    }
    // Sums of all months of which there are rows stand by the tier of now, too, which may be another tonight.
    const rows = await this.unitOfWork.run((tx) => this.orders.builtSpan(tx));
    const from = rows !== null && rows.from < span.from ? rows.from : span.from;
    await this.sums.sumUp({ from, to: monthOf(span.today) }, { touched: span.from, moveTiers: true, signal });
    onProgress?.(1);
    return total;
  }

  /** Accounts whose past changed after it was put down. Answers their number. They stay due until the sums follow. */
  private async buildDueAccounts({ signal }: BuildOptions): Promise<number> {
    const done: DueAccount[] = [];
    const failures = new SingleFailures();
    let last: string | null = null;
    let hasSettled = false;
    while (!signal?.aborted) {
      const after: string | null = last;
      const due: DueAccount[] = await this.unitOfWork.run((tx) =>
        this.orders.dueAccounts(tx, this.world.now(), after, DUE_AT_ONCE),
      );
      if (due.length === 0) break;
      last = due.at(-1)?.accountId ?? null;
      if (!hasSettled) await this.sums.settle({ moveTiers: false, signal });
      hasSettled = true;
      done.push(...(await this.buildDue(due, failures)));
    }
    if (done.length === 0) return 0;
    const span = await this.unitOfWork.run((tx) => this.spanOf(tx, { from: earliestOf(done), to: null }));
    if (span !== null) await this.sums.sumUp(span, { touched: span.from, moveTiers: false, signal });
    if (!signal?.aborted) await this.unitOfWork.run((tx) => this.orders.forgetDue(tx, done));
    return done.length;
  }

  /** What cannot be put down keeps nobody else from it: it is found by halves and set aside. Answers which were. */
  private async buildDue(due: readonly DueAccount[], failures: SingleFailures): Promise<readonly DueAccount[]> {
    try {
      await this.unitOfWork.run(async (tx) => {
        const span = await this.spanOf(tx, { from: earliestOf(due), to: null });
        const ids = due.map(({ accountId }) => accountId).sort();
        if (span !== null) await this.buildBatch(tx, { kind: 'list', ids }, span);
      });
      failures.ended(due.length);
      return due;
    } catch (error) {
      const [only] = due;
      if (only === undefined || due.length > 1) {
        const half = Math.ceil(due.length / 2);
        const first = await this.buildDue(due.slice(0, half), failures);
        return [...first, ...(await this.buildDue(due.slice(half), failures))];
      }
      failures.add(error);
      log.error({ err: error, accountId: only.accountId }, 'the figures of an account could not be put down');
      await this.unitOfWork.run((tx) => this.orders.setAside(tx, only, this.world.now()));
      return [];
    }
  }

  /** The months of the order of which there are snapshots of closed days; null: none. `to` null: through the newest. */
  private async spanOf(tx: Tx, asked: { from: Month; to: Month | null }): Promise<MonthSpan | null> {
    const today = await this.months.lastClosedDay(tx);
    const first = today === null ? null : await this.months.firstMonth(tx, today);
    if (today === null || first === null) return null;
    const from = Math.max(asked.from, first) as Month;
    const to = Math.min(asked.to ?? monthOf(today), monthOf(today)) as Month;
    return from > to ? null : { from, to, today };
  }

  private async buildBatch(tx: Tx, batch: Batch, span: MonthSpan): Promise<number> {
    await this.orders.lock(tx);
    const { catalogue } = await this.catalogues.model(tx);
    const byMonth = grouped(await this.revenueOf(tx, batch, span), ({ month }) => month);
    let rows = 0;
    for (let month = span.from; month <= span.to; month = (month + 1) as Month) {
      const put = { month, day: dayOfMonthRow(month, span.today), catalogue };
      rows += await this.months.write(tx, batch, put, byMonth.get(month) ?? []);
    }
    return rows;
  }

  private async revenueOf(tx: Tx, batch: Batch, span: MonthSpan): Promise<Revenue[]> {
    const convert = await this.world.money(tx);
    const subscriptions = await this.months.subscriptions(tx, batch);
    const known = await this.months.knownMonths(tx, batch, span);
    const withSubscriptions = [...grouped(subscriptions, ({ accountId }) => accountId)].flatMap(([accountId, rows]) =>
      ofAccount(accountId, monthsOfSubscriptions(rows, convert, span)),
    );
    const without = [...grouped(known, ({ accountId }) => accountId)].flatMap(([accountId, rows]) => {
      const months = new Map<Month, KnownMrr>(rows.map((row) => [row.month, row]));
      const since = rows.at(-1)?.customerSince ?? null;
      return ofAccount(accountId, monthsWithoutSubscriptions(months, since, span));
    });
    return [...withSubscriptions, ...without];
  }
}

const earliestOf = (due: readonly DueAccount[]): Month => Math.min(...due.map(({ from }) => from)) as Month;

const ofAccount = (accountId: string, months: readonly MonthRevenue[]): Revenue[] =>
  months.map((month) => ({ accountId, ...month }));

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
