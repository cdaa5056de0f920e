import { Injectable } from '@nestjs/common';
import type { PortfolioQuery, PortfolioWork } from '@steward/shared/portfolio';
import { type WorkGroups, workOf } from '../../domain/reports/work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { answered, ReportPages } from '../base/report-pages.service.js';
import { groupsByOwner, ownersOf, teamsOf } from './owners.js';
import { type OwnerOfGroup, PortfolioRepository } from './portfolio.repository.js';
import { WorkRepository } from './work.repository.js';

/** What owners did in a period, and have yet to do. */
@Injectable()
export class WorkService {
  constructor(
    private readonly pages: ReportPages,
    private readonly portfolio: PortfolioRepository,
    private readonly repository: WorkRepository,
  ) {}

  work(principal: Principal, { role, ...filters }: PortfolioQuery): Promise<PortfolioWork> {
    return this.pages.ask(principal, filters, async (tx, page) => {
      const groups = {
        renewals: await this.repository.renewals(tx, page, role),
        touches: await this.repository.touches(tx, page, role),
        tasks: await this.repository.overdueTasks(tx, page),
        goals: await this.repository.openGoals(tx, page),
        alerts: await this.repository.alerts(tx, page, role),
      };
      const all: OwnerOfGroup[] = Object.values(groups).flat();
      const ids = [...new Set(all.flatMap(({ userId }) => (userId === null ? [] : [userId])))];
      const owners = ownersOf(all, await this.portfolio.owners(tx, ids), page.scope);
      const byOwner = {
        renewals: groupsByOwner(groups.renewals),
        touches: groupsByOwner(groups.touches),
        tasks: groupsByOwner(groups.tasks),
        goals: groupsByOwner(groups.goals),
        answers: groupsByOwner(groups.alerts.filter(({ what }) => what === 'answered')),
        resolutions: groupsByOwner(groups.alerts.filter(({ what }) => what === 'resolved')),
      };
      const work = (keys: readonly string[]) => {
        const own = <Group>(of: Map<string, Group[]>) => keys.flatMap((key) => of.get(key) ?? []);
        const found: WorkGroups = {
          renewals: own(byOwner.renewals),
          touches: own(byOwner.touches),
          tasks: own(byOwner.tasks),
          goals: own(byOwner.goals),
          answers: own(byOwner.answers),
          resolutions: own(byOwner.resolutions),
        };
        return workOf(found);
      };
      const sorted = [...owners.values()].sort((a, b) => (a.name ?? '\uffff').localeCompare(b.name ?? '\uffff', 'en'));
      return {
        ...answered(page),
        rows: sorted.map((owner) => ({ owner, ...work([owner.key]) })),
        teams: teamsOf(sorted).map((team) => ({ ...team, ...work(team.owners) })),
        total: work([...owners.keys()]),
      };
    });
  }
}
