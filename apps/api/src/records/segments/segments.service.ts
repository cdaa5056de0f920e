import { Injectable } from '@nestjs/common';
import { leavesWithPlace } from '@steward/shared/rules';
import type { CreateSegment, Segment, SegmentUser, UpdateSegment } from '@steward/shared/segments';
import { v7 as uuidv7 } from 'uuid';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { keptWrongly } from '../../db/rules/check-kept.js';
import { checkRule } from '../../db/rules/check-rule.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import { checkSort } from '../../db/rules/sort-sql.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { BUILT_IN_SEGMENTS } from '../../domain/segments/built-in.js';
import { namedWrongly } from '../../domain/segments/named-segments.js';
import { circleThrough, dependentsOf, segmentsIn } from '../../domain/segments/order.js';
import { changesBetween, changesToTell, removalToTell } from '../../platform/audit/changes.js';
import { type Principal } from '../../platform/auth/principal.js';
import { maySeeUser, mustBeUnused } from '../../platform/auth/rule-users.js';
import {
  Conflict,
  type ErrorDetail,
  InvalidInput,
  NotAllowed,
  NotFound,
  RevisionMoved,
} from '../../platform/errors/app-error.js';
import { isOwner, mayEdit, maySee } from './segment-access.js';
import { type Person, SegmentChanges } from './segment-changes.js';
import { mustBeShallow, mustFit, mustRestOnShared } from './segment-limits.js';
import { type User, usersOf } from './segment-users.js';
import { SegmentsRepository, type StoredSegment } from './segments.repository.js';

type Fields = Partial<Pick<Segment, 'rule' | 'columns' | 'sort'>>;
type Checked = Pick<Segment, 'id' | 'of' | 'owner' | 'visibility' | 'rule'>;

const ownedBy = ({ user }: Person): Segment['owner'] => ({ userId: user.id, name: user.fullName });

const asDependent = ({ id, rule }: StoredSegment) => ({ id, uses: segmentsIn(rule) });

/** Segments as people keep them. The pipeline notices by itself that a rule is new, and makes every account due. */
@Injectable()
export class SegmentsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SegmentsRepository,
    private readonly catalogues: CatalogueReader,
    private readonly changes: SegmentChanges,
  ) {}

  async ensureBuiltIns(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      await this.repository.addBuiltIn(tx, BUILT_IN_SEGMENTS, this.changes.now());
    });
  }

  get(principal: Principal, id: string) {
    return this.unitOfWork.run(async (tx) => {
      const segment = await this.mustSee(tx, principal, id);
      return { ...segment, usedBy: await this.users(tx, principal, id) };
    });
  }

  async create(person: Person, given: CreateSegment): Promise<Segment> {
    const saved = await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const id = uuidv7();
      await this.check(tx, person, { id, owner: ownedBy(person), ...given }, given);
      await this.repository.add(tx, id, given, person.user.id, this.changes.now());
      await this.changes.record(tx, person, 'segment.created', id, changesToTell(null, given));
      return this.mustSee(tx, person, id);
    });
    this.changes.hint();
    return saved;
  }

  async copy(person: Person, id: string, name: string): Promise<Segment> {
    const saved = await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const { of, description, rule, columns, sort } = await this.mustSee(tx, person, id);
      const given = { of, name, description, rule, visibility: 'private' as const, columns, sort };
      const copyId = uuidv7();
      refuse(inRule(keptWrongly(rule, person.scope)));
      mustFit({ id: copyId, owner: ownedBy(person), ...given }, await this.repository.all(tx));
      await this.repository.add(tx, copyId, given, person.user.id, this.changes.now());
      await this.changes.record(tx, person, 'segment.created', copyId, changesToTell(null, given));
      return this.mustSee(tx, person, copyId);
    });
    this.changes.hint();
    return saved;
  }

  async update(person: Person, id: string, change: UpdateSegment): Promise<Segment> {
    const saved = await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const { mayEdit: _, ...before } = await this.mustEdit(tx, person, id);
      const { revision: __, ...fields } = change;
      const changes = changesBetween(before, fields);
      await this.check(tx, person, { ...before, ...fields }, fields);
      if (before.visibility === 'shared' && fields.visibility === 'private') {
        if (!isOwner(person, before)) throw new NotAllowed('Only its owner can make a shared segment private.');
        await this.mustNotBeUsed(tx, person, { ...before, mayEdit: true }, 'others');
      }
      if (!(await this.repository.update(tx, before, change, this.changes.now()))) throw new RevisionMoved('segment');
      if ('rule' in changes) await this.beginAnew(tx, person, id);
      await this.changes.record(tx, person, 'segment.updated', id, changesToTell(before, fields));
      return this.mustSee(tx, person, id);
    });
    this.changes.hint();
    return saved;
  }

  /** What rests on it reads other members from here on: nobody has come or gone there either, and no alert is news. */
  private async beginAnew(tx: Tx, person: Person, id: string): Promise<void> {
    const others = (await this.repository.all(tx)).map(asDependent);
    const anew = [id, ...dependentsOf(id, others)];
    await this.repository.beginAnew(tx, anew);
    const alertRules = (await this.repository.alertRules(tx)).filter(({ uses }) =>
      uses.some((used) => anew.includes(used)),
    );
    const ids = alertRules.map((rule) => rule.id);
    await this.repository.beginAlertRulesAnew(tx, ids, person.user.id, this.changes.now());
  }

  remove(person: Person, id: string): Promise<Segment> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const segment = await this.mustEdit(tx, person, id);
      if (segment.key !== null) {
        throw new Conflict('SEGMENT_BUILT_IN', 'A built-in segment can be changed, but not deleted.');
      }
      await this.mustNotBeUsed(tx, person, segment);
      await this.repository.remove(tx, id);
      await this.changes.record(tx, person, 'segment.deleted', id, removalToTell(segment));
      return segment;
    });
  }

  /** Private once more, it would still be told to those who built on it. Its owner's own private ones may. */
  private async mustNotBeUsed(
    tx: Tx,
    person: Person,
    segment: Segment,
    leaving: 'all' | 'others' = 'all',
  ): Promise<void> {
    const all = usersOf(segment.id, await this.repository.all(tx), await this.repository.readers(tx));
    const users = all.filter((each) => leaving === 'all' || !isOfOwner(each, segment));
    mustBeUnused(person, users, {
      code: 'SEGMENT_IN_USE',
      path: 'segmentId',
      message: (names) => `This segment is used by ${names}.`,
    });
  }

  /** What rests on a segment and the one who asks may know of. */
  private async users(tx: Tx, principal: Principal, id: string): Promise<SegmentUser[]> {
    const users = usersOf(id, await this.repository.all(tx), await this.repository.readers(tx));
    return users
      .filter((each) => maySeeUser(principal, each))
      .map(({ kind, id: userId, name }) => ({ kind, id: userId, name }));
  }

  private async mustSee(tx: Tx, principal: Principal, id: string): Promise<Segment> {
    const segment = await this.repository.byId(tx, id);
    if (segment === null || !maySee(principal, segment)) throw new NotFound('segment');
    return { ...segment, mayEdit: mayEdit(principal, segment) };
  }

  private async mustEdit(tx: Tx, person: Person, id: string): Promise<Segment> {
    const segment = await this.mustSee(tx, person, id);
    if (!segment.mayEdit) throw new NotAllowed('Only its owner and admins may change this segment. Copy it instead.');
    return segment;
  }

  private async check(tx: Tx, person: Person, after: Checked, { rule, columns, sort }: Fields): Promise<void> {
    const { id, of } = after;
    const { catalogue: accounts } = await this.catalogues.model(tx);
    const catalogue = of === 'contact' ? contactCatalogue(accounts) : accounts;
    const segments = await this.repository.all(tx);
    const seen = segments.filter((each) => maySee(person, each));
    const ofRule =
      rule === undefined
        ? []
        : [...checkRule(rule, catalogue, { purpose: 'segment' }), ...namedWrongly(rule, of, seen)];
    refuse([
      // Also where the rule stays: who changes or shares a segment keeps what it says.
      ...inRule([...ofRule, ...keptWrongly(after.rule, person.scope)]),
      ...(columns ?? []).flatMap((key, place) =>
        catalogue.fields.has(key) ? [] : [{ path: `columns.${place}`, message: `there is no field ${key}` }],
      ),
      ...checkSort(sort ?? [], { catalogue }),
    ]);
    mustRestOnShared(after, segments);
    if (rule === undefined) return;
    const order = [...segments.filter((each) => each.id !== id).map(asDependent), { id, uses: segmentsIn(rule) }];
    const circle = circleThrough(id, order);
    if (circle !== null) {
      const nameOf = (each: string) => segments.find((segment) => segment.id === each)?.name ?? 'this segment';
      const details = leavesWithPlace(rule).flatMap(({ leaf, path }) =>
        leaf.kind === 'member' && leaf.segment === circle[1]
          ? [{ path: `rule.${path}segment`, message: `${nameOf(leaf.segment)} rests on this segment` }]
          : [],
      );
      const way = circle.map(nameOf).join(' → ');
      throw new Conflict('SEGMENT_CIRCLE', `Segments would go in a circle: ${way}.`, details);
    }
    mustBeShallow(segments.map(asDependent), order);
    mustFit(after, segments);
  }
}

const inRule = (problems: readonly ErrorDetail[]): ErrorDetail[] =>
  problems.map((problem) => ({ ...problem, path: `rule.${problem.path}`.replace(/\.$/, '') }));

function refuse(problems: readonly ErrorDetail[]): void {
  const [first] = problems;
  if (first) throw new InvalidInput(`${first.path}: ${first.message}`, problems, 'RULE_NOT_VALID');
}

const isOfOwner = (user: User, { owner }: Segment): boolean => !user.isShared && user.owner?.userId === owner?.userId;
