import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import type { Today, TodayBlock, TodayScope } from '@steward/shared/today';
import type { SortKey } from '../../db/rules/sort-sql.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { AccountListRepository } from '../account-list/account-list.repository.js';
import { PreviewRepository } from '../account-list/preview.repository.js';
import { Questions } from '../account-list/questions.service.js';
import { TodayRepository } from './today.repository.js';
import { dropsOf, liveOf, membersOf, renewalsOf } from './today-rules.js';
import { WorkOfDay } from './work.service.js';

const ROWS = 6;
const FOR_EXPANSION = ['expansion_potential', 'am_review'] as const;
const EARLIEST: SortKey[] = [{ field: 'account.renewalDate', direction: 'asc' }];
const DEEPEST: SortKey[] = [{ field: 'health.change', direction: 'asc' }];
const LARGEST: SortKey[] = [{ field: 'account.arr', direction: 'desc' }];
const NOTHING: TodayBlock = { accounts: 0, arrMinor: null, rows: [] };

/** What a person's day starts with, over the accounts that they ask for and may see. */
@Injectable()
export class TodayService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly questions: Questions,
    private readonly accounts: AccountListRepository,
    private readonly previews: PreviewRepository,
    private readonly repository: TodayRepository,
    private readonly work: WorkOfDay,
  ) {}

  today(principal: Principal, scope: TodayScope): Promise<Today> {
    const ids = ownersOf(principal, scope);
    return this.unitOfWork.run(async (tx) => {
      const live = await this.ask(tx, principal, liveOf(ids));
      const expansion = membersOf(ids, await this.repository.segmentsByKey(tx, FOR_EXPANSION));
      const ownFirst = await this.accounts.isSmallBook(tx, principal.scope);
      return {
        asOf: live.day,
        scope,
        book: await this.accounts.count(tx, live),
        renewals: await this.block(tx, principal, renewalsOf(ids), EARLIEST, ownFirst),
        drops: await this.block(tx, principal, dropsOf(ids), DEEPEST, ownFirst),
        expansion: expansion === null ? NOTHING : await this.block(tx, principal, expansion, LARGEST, ownFirst),
        ...(await this.work.of(tx, {
          scope: principal.scope,
          people: await this.repository.workers(tx, ids, live.day),
          today: live.day,
          rows: ROWS,
        })),
        owners: scope === 'mine' ? null : await this.repository.byOwner(tx, principal.scope, ids),
      };
    });
  }

  private ask(tx: Tx, principal: Principal, rule: Rule) {
    return this.questions.of(tx, principal, { rule, text: '', asOf: null });
  }

  private async block(
    tx: Tx,
    principal: Principal,
    rule: Rule,
    sort: SortKey[],
    ownFirst: boolean,
  ): Promise<TodayBlock> {
    const question = await this.ask(tx, principal, rule);
    // Counted and ordered in one reading of the accounts.
    const asked = { sort, limit: ROWS, fields: [], ownFirst };
    const { total, arrMinor, rows } = await this.previews.preview(tx, question, asked);
    return total === 0 ? NOTHING : { accounts: total, arrMinor, rows };
  }
}

/** Null: whoever looks after them. A program looks after none, and is told of all that its key may see. */
function ownersOf(principal: Principal, scope: TodayScope): readonly string[] | null {
  if (scope === 'all' || principal.kind !== 'user') return null;
  if (scope === 'mine') return [principal.user.id];
  return principal.scope.kind === 'book' ? principal.scope.ownerIds : null;
}
