import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { describeLeaf } from '@steward/shared/describe';
import { leavesWithPlace, type Rule, type RuleLeaf } from '@steward/shared/rules';
import type { SegmentEvents, SegmentEventsQuery, SegmentSizes } from '@steward/shared/segments';
import { catalogueFields } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { HistoryRepository } from './history.repository.js';
import { MembersRepository } from './members.repository.js';
import { maySee } from './segment-access.js';
import { SegmentsRepository, type StoredSegment } from './segments.repository.js';

const DAYS_SHOWN = 90;

/** How segments came to be what they are: who came and went and why, and how large they were. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly segments: SegmentsRepository,
    private readonly repository: HistoryRepository,
    private readonly members: MembersRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  events(principal: Principal, segmentId: string, query: SegmentEventsQuery): Promise<SegmentEvents> {
    return this.unitOfWork.run(async (tx) => {
      const { of, rule } = await this.mustSee(tx, principal, segmentId);
      const { scope } = principal;
      const today = await this.workspaces.today(tx);
      const { catalogue } = await this.catalogues.model(tx);
      const fields = catalogueFields(of === 'contact' ? contactCatalogue(catalogue) : catalogue);
      const named = (await this.segments.all(tx)).filter((each) => maySee(principal, each));
      const { total, events } = await this.repository.events(tx, scope, segmentId, query);
      const days = await this.repository.days(tx, scope, segmentId, isoOf(addDays(today, 1 - DAYS_SHOWN)));
      return {
        total,
        days,
        events: events.map(({ condition, at, ...event }) => ({
          ...event,
          at: at.toISOString(),
          because:
            condition === null
              ? null
              : `${holdsAfter(event.kind, condition, rule) ? '' : 'no longer: '}${describeLeaf(condition, fields, named, catalogue.playbooks)}`,
        })),
      };
    });
  }

  sizes(principal: Principal, segmentId: string, from: IsoDay | undefined): Promise<SegmentSizes> {
    return this.unitOfWork.run(async (tx) => {
      const { ruleVersion } = await this.mustSee(tx, principal, segmentId);
      const { scope } = principal;
      const today = await this.workspaces.today(tx);
      const first = from ?? isoOf(addDays(today, 1 - DAYS_SHOWN));
      const kept = (await this.repository.kept(tx, first, segmentId)).filter(({ day }) => day < isoOf(today));
      const now = (await this.members.sizes(tx, scope, segmentId)).get(segmentId) ?? { members: 0, arrMinor: null };
      const live = { day: isoOf(today), ...now, ruleVersion };
      if (scope.kind === 'all') {
        return { sizes: [...kept.map(({ segmentId: _, ...size }) => size), live] };
      }
      // What was kept is over all accounts. Who was in under an earlier rule is not known one by one.
      const days = kept.filter((size) => size.ruleVersion === ruleVersion).map(({ day }) => day);
      const own = await this.repository.onDays(tx, scope, segmentId, days);
      const sizes = days.map((day) => ({ day, ...(own.get(day) ?? { members: 0, arrMinor: null }), ruleVersion }));
      return { sizes: [...sizes, live] };
    });
  }

  private async mustSee(tx: Tx, principal: Principal, segmentId: string): Promise<StoredSegment> {
    const segment = await this.segments.byId(tx, segmentId);
    if (segment === null || !maySee(principal, segment)) throw new NotFound('segment');
    return segment;
  }
}

/** Whether the condition that turned holds since: for who came it does, for who went it does not; under a “not” the other way. */
function holdsAfter(kind: 'entered' | 'left', condition: RuleLeaf, rule: Rule): boolean {
  const placed = leavesWithPlace(rule).find(({ leaf }) => isDeepStrictEqual(leaf, condition));
  return (kind === 'entered') !== (placed?.denied ?? false);
}
