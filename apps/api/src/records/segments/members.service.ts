import { Injectable } from '@nestjs/common';
import type { SegmentList, SegmentMembers, SegmentMembersQuery, SegmentWhy } from '@steward/shared/segments';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf } from '../../domain/calendar/day.js';
import { holdsWith } from '../../domain/segments/flipped-leaf.js';
import { recentSizes } from '../../domain/segments/recent-sizes.js';
import type { Principal } from '../../platform/auth/principal.js';
import { maySeeUser } from '../../platform/auth/rule-users.js';
import type { Scope } from '../../platform/auth/scope.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { HistoryRepository } from './history.repository.js';
import { MembersRepository } from './members.repository.js';
import { mayEdit, maySee } from './segment-access.js';
import { usersOf } from './segment-users.js';
import { SegmentsRepository, type StoredSegment } from './segments.repository.js';

const DAYS_IN_LIST = 30;

/** Segments with their size, their members, and why they are: all within the reader's scope. */
@Injectable()
export class MembersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly segments: SegmentsRepository,
    private readonly repository: MembersRepository,
    private readonly history: HistoryRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(principal: Principal): Promise<SegmentList> {
    return this.unitOfWork.run(async (tx) => {
      const all = await this.segments.all(tx);
      const readers = await this.segments.readers(tx);
      const sizes = await this.repository.sizes(tx, principal.scope);
      const recent = await this.recent(tx, principal.scope);
      const segments = all
        .filter((segment) => maySee(principal, segment))
        .map((segment) => {
          const size = sizes.get(segment.id) ?? { members: 0, arrMinor: null };
          const users = usersOf(segment.id, all, readers).filter((user) => maySeeUser(principal, user));
          return {
            ...segment,
            ...size,
            sizes: recent(segment, size.members),
            usedBy: users.map(({ kind, id, name }) => ({ kind, id, name })),
            mayEdit: mayEdit(principal, segment),
          };
        });
      return { segments };
    });
  }

  /** How large a segment was over the last days, within the scope. */
  private async recent(tx: Tx, scope: Scope): Promise<(segment: StoredSegment, now: number) => (number | null)[]> {
    const today = await this.workspaces.today(tx);
    const from = addDays(today, 1 - DAYS_IN_LIST);
    const kept = bySegment(await this.history.kept(tx, isoOf(from)));
    const gains = bySegment(scope.kind === 'all' ? [] : await this.history.gains(tx, scope, isoOf(from)));
    return ({ id, ruleVersion }, now) => {
      const ofSegment = gains.get(id) ?? [];
      const byDay = scope.kind === 'all' ? null : new Map(ofSegment.map(({ day, gain }) => [day, gain]));
      return recentSizes({ now, ruleVersion, kept: kept.get(id) ?? [], gains: byDay }, today, DAYS_IN_LIST);
    };
  }

  members(principal: Principal, segmentId: string, page: SegmentMembersQuery): Promise<SegmentMembers> {
    return this.unitOfWork.run(async (tx) => {
      const { of } = await this.mustSee(tx, principal, segmentId);
      const { scope } = principal;
      if (of === 'account') {
        return { of, contacts: [], ...(await this.repository.members(tx, scope, segmentId, page)) };
      }
      const day = isoOf(await this.workspaces.today(tx));
      const { catalogue } = await this.catalogues.model(tx);
      const found = await this.repository.contacts(tx, scope, segmentId, page, { catalogue, day });
      return { of, members: [], ...found };
    });
  }

  /** Of a segment of contacts, why the named one is in it or not. */
  why(principal: Principal, segmentId: string, accountId: string, contactId?: string): Promise<SegmentWhy> {
    return this.unitOfWork.run(async (tx) => {
      const { of, rule } = await this.mustSee(tx, principal, segmentId);
      const { scope } = principal;
      if (!(await this.repository.isInScope(tx, scope, accountId))) throw new NotFound('account');
      if ((of === 'contact') !== (contactId !== undefined)) {
        const message = of === 'contact' ? 'Name the contact.' : 'This segment is of accounts, not of contacts.';
        throw new InvalidInput(message, [{ path: 'contact', message }]);
      }
      const day = isoOf(await this.workspaces.today(tx));
      const { catalogue: accounts } = await this.catalogues.model(tx);
      const catalogue = of === 'contact' ? contactCatalogue(accounts) : accounts;
      const leaves = await this.repository.leaves(tx, scope, rule, { accountId, contactId }, { catalogue, day });
      const sinceDay = await this.repository.sinceDay(tx, segmentId, accountId, contactId);
      const [exclusion] = await this.repository.exclusions(tx, scope, segmentId, day, accountId);
      return {
        isMember: sinceDay !== null,
        sinceDay,
        // An account that was never computed is in no segment.
        holds:
          leaves !== null &&
          holdsWith(
            rule,
            leaves.map(({ holds }) => holds),
          ),
        exclusion: exclusion ?? null,
        leaves: leaves ?? [],
      };
    });
  }

  private async mustSee(tx: Tx, principal: Principal, segmentId: string): Promise<StoredSegment> {
    const segment = await this.segments.byId(tx, segmentId);
    if (segment === null || !maySee(principal, segment)) throw new NotFound('segment');
    return segment;
  }
}

function bySegment<Row extends { segmentId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.segmentId, [...(groups.get(row.segmentId) ?? []), row]);
  return groups;
}
