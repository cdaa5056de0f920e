import { Injectable } from '@nestjs/common';
import type { Today, TodayBlock, TodayScope } from '@steward/shared/today';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { type Scope, seesBookOf } from '../../platform/auth/scope.js';
import { AccountListRepository } from '../account-list/account-list.repository.js';
import { Questions } from '../account-list/questions.service.js';
import { peopleMeant } from '../whose.js';
import { type BlockAsked, BookRepository, IS_UNDECIDED, type OwnersShare } from './book.repository.js';
import { TodayRepository } from './today.repository.js';
import { FALLEN, liveOf, membersOf, RENEWS_SOON } from './today-rules.js';
import { WorkOfDay } from './work.service.js';

const ROWS = 6;
const FOR_EXPANSION = ['expansion_potential', 'am_review'] as const;
const MOST_OWNERS = 30;
const RENEWALS: BlockAsked = {
  rule: RENEWS_SOON,
  sort: { field: 'account.renewalDate', direction: 'asc' },
  onlyIf: IS_UNDECIDED,
};
const DROPS: BlockAsked = { rule: FALLEN, sort: { field: 'health.change', direction: 'asc' } };
const LARGEST: BlockAsked['sort'] = { field: 'account.arr', direction: 'desc' };
const NOTHING: TodayBlock = { accounts: 0, arrMinor: null, rows: [] };

/** What a person's day starts with, over the accounts that they ask for and may see. */
@Injectable()
export class TodayService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly questions: Questions,
    private readonly accounts: AccountListRepository,
    private readonly books: BookRepository,
    private readonly repository: TodayRepository,
    private readonly work: WorkOfDay,
  ) {}

  today(principal: Principal, scope: TodayScope): Promise<Today> {
    const people = peopleMeant(principal, scope);
    return this.unitOfWork.run(async (tx) => {
      const live = await this.questions.of(tx, principal, { rule: liveOf(people), text: '', asOf: null });
      const members = membersOf(await this.repository.segmentsByKey(tx, FOR_EXPANSION));
      const ownFirst = await this.accounts.isSmallBook(tx, principal.scope);
      const asked = [RENEWALS, DROPS, ...(members === null ? [] : [{ rule: members, sort: LARGEST }])];
      const { count, blocks, owners } = await this.books.read(tx, live, asked, { ownFirst, rows: ROWS });
      const [renewals = NOTHING, drops = NOTHING, expansion = NOTHING] = blocks;
      return {
        asOf: live.day,
        scope,
        book: count,
        renewals,
        drops,
        expansion,
        ...(await this.work.of(tx, {
          scope: principal.scope,
          people,
          today: live.day,
          rows: ROWS,
        })),
        owners: scope === 'mine' ? null : await this.ownersOf(tx, owners, principal.scope),
      };
    });
  }

  /** Those with the most ARR at risk first. */
  private async ownersOf(tx: Tx, shares: readonly OwnersShare[], scope: Scope): Promise<NonNullable<Today['owners']>> {
    const first = [...shares].sort(
      (a, b) =>
        lastWhereNull(a.atRiskArrMinor, b.atRiskArrMinor) ||
        lastWhereNull(a.arrMinor, b.arrMinor) ||
        ((a.userId ?? 'g') < (b.userId ?? 'g') ? -1 : 1),
    );
    const shown = first.slice(0, MOST_OWNERS);
    const names = await this.repository.names(
      tx,
      shown.flatMap(({ userId }) => userId ?? []),
    );
    return shown.map(({ userId, ...line }) => ({
      ...line,
      owner: userId === null ? null : { userId, name: names.get(userId) ?? '' },
      partly: userId !== null && !seesBookOf(scope, userId),
    }));
  }
}

/** The larger first; what is not known comes last. */
function lastWhereNull(a: number | null, b: number | null): number {
  return (b ?? Number.NEGATIVE_INFINITY) === (a ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY);
}
