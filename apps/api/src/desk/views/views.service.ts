import { Injectable } from '@nestjs/common';
import type { CreateView, UpdateView, View, ViewOrder } from '@steward/shared/views';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { segmentsIn } from '../../domain/segments/order.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesToTell, removalToTell } from '../../platform/audit/changes.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, InvalidInput, NotAllowed, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { Questions } from '../account-list/questions.service.js';
import { type StoredView, ViewsRepository } from './views.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

/** Tabs that nobody could tell apart any more. */
const MOST_VIEWS = 200;
/** How long one that was deleted can be brought back. */
const KEPT_MS = 30 * 86_400_000;

/** Views of the account list as people keep them: everyone their own; who keeps segments may share them. */
@Injectable()
export class ViewsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ViewsRepository,
    private readonly questions: Questions,
    private readonly segments: SegmentsReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(person: Person): Promise<{ views: View[] }> {
    return this.unitOfWork.run((tx) => this.seenBy(tx, person));
  }

  /** Each person has an order of their own; what the person does not see, or what is gone, is left out of it. */
  order(person: Person, { ids }: ViewOrder): Promise<{ views: View[] }> {
    return this.unitOfWork.run(async (tx) => {
      const seen = new Set((await this.repository.seenBy(tx, person.user.id)).map(({ id }) => id));
      const order = [...new Set(ids)].filter((id) => seen.has(id));
      await this.repository.order(tx, person.user.id, order);
      return this.seenBy(tx, person);
    });
  }

  create(person: Person, given: CreateView): Promise<View> {
    return this.unitOfWork.run(async (tx) => {
      await this.check(tx, person, given);
      await this.mustHaveRoom(tx, person.user.id);
      const id = uuidv7();
      await this.repository.add(tx, id, given, person.user.id, this.clock.now());
      await this.record(tx, person, 'view.created', id, changesToTell(null, given));
      return this.mustSee(tx, person, id);
    });
  }

  update(person: Person, id: string, { revision, ...change }: UpdateView): Promise<View> {
    return this.unitOfWork.run(async (tx) => {
      const { mayEdit: _, ...before } = await this.mustEdit(tx, person, id);
      const after = { ...before, ...change };
      if (after.visibility === 'private' && !isOwner(person, before)) {
        throw new NotAllowed('Only its owner makes a shared view private.');
      }
      await this.check(tx, person, after);
      if (!(await this.repository.update(tx, after, revision, this.clock.now()))) throw new RevisionMoved('view');
      await this.record(tx, person, 'view.updated', id, changesToTell(before, change));
      return this.mustSee(tx, person, id);
    });
  }

  remove(person: Person, id: string): Promise<View> {
    return this.unitOfWork.run(async (tx) => {
      const view = await this.mustEdit(tx, person, id);
      const at = this.clock.now();
      await this.repository.remove(tx, id, at);
      await this.repository.forget(tx, new Date(at.getTime() - KEPT_MS));
      await this.record(tx, person, 'view.deleted', id, removalToTell(view));
      return view;
    });
  }

  /** The same view again: its owner’s, in its place, under its address, and in the reports that rest on it. */
  restore(person: Person, id: string): Promise<View> {
    return this.unitOfWork.run(async (tx) => {
      const view = await this.repository.deleted(tx, id);
      if (view === null || !mayEdit(person, view)) throw new NotFound('deleted view');
      // What it rests on may have gone since, for nothing kept it.
      await this.check(tx, person, view);
      await this.mustHaveRoom(tx, view.owner.userId);
      await this.repository.restore(tx, id);
      await this.record(
        tx,
        person,
        'view.restored',
        id,
        changesToTell(null, { name: view.name, visibility: view.visibility }),
      );
      return this.mustSee(tx, person, id);
    });
  }

  private async mustHaveRoom(tx: Tx, ownerId: string): Promise<void> {
    if ((await this.repository.countOf(tx, ownerId)) < MOST_VIEWS) return;
    throw new Conflict(
      'TOO_MANY_VIEWS',
      `A person keeps at most ${MOST_VIEWS} views. Delete those that are no longer needed.`,
    );
  }

  private record(tx: Tx, person: Person, action: string, id: string, changes: Changes): Promise<void> {
    return this.audit.record(tx, { actor: actorOf(person), action, subject: { kind: 'view', id }, changes });
  }

  private async seenBy(tx: Tx, person: Person): Promise<{ views: View[] }> {
    const views = await this.repository.seenBy(tx, person.user.id);
    return { views: views.map((view) => ({ ...view, mayEdit: mayEdit(person, view) })) };
  }

  private async mustSee(tx: Tx, person: Person, id: string): Promise<View> {
    const view = await this.repository.byId(tx, id);
    if (view === null || (view.visibility === 'private' && !isOwner(person, view))) throw new NotFound('view');
    return { ...view, mayEdit: mayEdit(person, view) };
  }

  private async mustEdit(tx: Tx, person: Person, id: string): Promise<View> {
    const view = await this.mustSee(tx, person, id);
    if (!view.mayEdit)
      throw new NotAllowed('Only its owner and admins may change this view. Save it as your own instead.');
    return view;
  }

  /** What a view asks is checked as the list would check it; a shared one must mean something to everybody. */
  private async check(tx: Tx, person: Person, view: Omit<CreateView, 'name'>): Promise<void> {
    const { rule, columns, sort, visibility } = view;
    const { catalogue } = await this.questions.of(tx, person, { rule, sort, text: '', asOf: null });
    const problems = (columns ?? []).flatMap((key, place) =>
      catalogue.fields.has(key) ? [] : [{ path: `columns.${place}`, message: `there is no field ${key}` }],
    );
    const [first] = problems;
    if (first) throw new InvalidInput(`${first.path}: ${first.message}`, problems, 'RULE_NOT_VALID');
    if (visibility === 'private') return;
    if (!permissionsOf(person.user.role).includes('segments:write')) {
      throw new NotAllowed('Views are shared by those who keep segments. Keep it private instead.');
    }
    const shared = new Set((await this.segments.seenBy(tx, null)).map(({ id }) => id));
    if (rule !== null && segmentsIn(rule).some((id) => !shared.has(id))) {
      throw new Conflict('RESTS_ON_PRIVATE', 'A shared view rests on shared segments only. Share the segment first.');
    }
  }
}

const isOwner = (person: Person, { owner }: StoredView): boolean => owner.userId === person.user.id;

/** Its owner changes a view, and an admin a shared one. */
function mayEdit(person: Person, view: StoredView): boolean {
  return isOwner(person, view) || (view.visibility === 'shared' && person.user.role === 'admin');
}
