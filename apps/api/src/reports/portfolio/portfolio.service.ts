import { Injectable } from '@nestjs/common';
import {
  type BandMovement,
  type BandMovementQuery,
  type Portfolio,
  type PortfolioQuery,
  type PortfolioRow,
} from '@steward/shared/portfolio';
import { BANDS_OR_NONE } from '@steward/shared/report-parts';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../domain/calendar/month.js';
import { directionOf } from '../../domain/reports/band-movement.js';
import { bookOf } from '../../domain/reports/book.js';
import { sumOfKnown } from '../../domain/reports/share.js';
import type { Principal } from '../../platform/auth/principal.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { answered, ReportPages } from '../base/report-pages.service.js';
import { groupsByOwner, ownersOf, teamsOf } from './owners.js';
import { PortfolioRepository } from './portfolio.repository.js';

/** Books of accounts by owner and team, and how bands moved. */
@Injectable()
export class PortfolioService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pages: ReportPages,
    private readonly repository: PortfolioRepository,
  ) {}

  books(principal: Principal, { role, ...filters }: PortfolioQuery): Promise<Portfolio> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const groups = await this.repository.books(tx, page, role);
      const ids = [...new Set(groups.flatMap(({ userId }) => (userId === null ? [] : [userId])))];
      const owners = ownersOf(groups, await this.repository.owners(tx, ids), page.scope);
      const ofOwner = groupsByOwner(groups);
      const groupsOf = (keys: readonly string[]) => keys.flatMap((key) => ofOwner.get(key) ?? []);
      const book = (keys: readonly string[], loading: readonly string[]) =>
        bookOf(groupsOf(keys), page.tiers, { groups: groupsOf(loading), owners: loading.length });
      // What nobody owns loads nobody, and how full a book is, a part of it does not tell.
      const isWhole = (key: string) => key !== 'none' && owners.get(key)?.partly === false;
      const rows = [...owners.values()].map((owner) => ({
        owner,
        ...book([owner.key], [owner.key].filter(isWhole)),
      }));
      const keys = [...owners.keys()];
      return {
        ...answered(page),
        tiers: page.tiers.map(({ key, label, color, targetAccounts }) => ({ key, label, color, targetAccounts })),
        rows: rows.sort(byArr),
        teams: teamsOf([...owners.values()]).map((team) => ({
          ...team,
          ...book(team.owners, team.owners.every(isWhole) ? team.owners : []),
        })),
        total: { owners: keys.filter((key) => key !== 'none').length, ...book(keys, keys.filter(isWhole)) },
      };
    });
  }

  async bandMovement(principal: Principal, asked: BandMovementQuery): Promise<BandMovement> {
    const { fromDay: wantedFrom, toDay: wantedTo, role: _, ...filters } = asked;
    return this.unitOfWork.run(async (tx) => {
      const given = wantedTo === undefined ? filters : { ...filters, asOf: wantedTo, from: undefined, to: undefined };
      const page = await this.pages.page(tx, principal, given);
      const monthBefore = isoOf(addDays(firstDayOf(monthOf(toDay(page.day))), -1));
      const fromDay = wantedFrom ?? monthBefore;
      if (fromDay > page.day) {
        const message = `${page.day} lies before ${fromDay}.`;
        throw new InvalidInput(message, [{ path: 'toDay', message }]);
      }
      const found = await this.repository.bandMoves(tx, page, fromDay);
      const cells = BANDS_OR_NONE.flatMap((from) =>
        BANDS_OR_NONE.filter((to) => from !== 'none' || to !== 'none').map((to) => {
          const cell = found.find((each) => each.from === from && each.to === to);
          return { from, to, accounts: cell?.accounts ?? 0, arrMinor: cell?.arrMinor ?? null };
        }),
      );
      const towards = (direction: 'better' | 'worse' | 'same') => {
        const of = cells.filter(({ from, to }) => directionOf(from, to) === direction);
        return {
          accounts: of.reduce((sum, { accounts }) => sum + accounts, 0),
          arrMinor: sumOfKnown(of.map(({ arrMinor }) => arrMinor)),
        };
      };
      return {
        fromDay,
        toDay: page.day,
        live: !page.past,
        currency: page.currency,
        known: {
          from: await this.repository.isKnown(tx, fromDay),
          to: !page.past || (await this.repository.isKnown(tx, page.day)),
        },
        cells,
        better: towards('better'),
        worse: towards('worse'),
        same: towards('same'),
      };
    });
  }
}

/** The largest ARR first; nobody's accounts last. */
function byArr(a: PortfolioRow, b: PortfolioRow): number {
  const last = Number(a.owner.key === 'none') - Number(b.owner.key === 'none');
  if (last !== 0) return last;
  return (
    (b.arrMinor ?? -1) - (a.arrMinor ?? -1) ||
    b.accounts - a.accounts ||
    (a.owner.name ?? '').localeCompare(b.owner.name ?? '', 'en')
  );
}
