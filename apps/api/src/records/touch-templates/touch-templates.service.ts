import { Injectable } from '@nestjs/common';
import type { CreateTouchTemplate, TouchTemplate, UpdateTouchTemplate } from '@steward/shared/touch-templates';
import { unknownMergeFields } from '@steward/shared/touch-templates';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesToTell, removalToTell } from '../../platform/audit/changes.js';
import { actorOf } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, InvalidInput, NotAllowed, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import type { Person } from '../accounts/account-editing.js';
import { SegmentsReader } from '../segments/segments.reader.js';
import { type StoredTemplate, TouchTemplatesRepository } from './touch-templates.repository.js';

const MOST_TEMPLATES = 200;

/** Texts for touches as people keep them: everyone their own, and who logs touches may share theirs. */
@Injectable()
export class TouchTemplatesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: TouchTemplatesRepository,
    private readonly segments: SegmentsReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(person: Person): Promise<{ templates: TouchTemplate[] }> {
    return this.unitOfWork.run(async (tx) => {
      const templates = await this.repository.seenBy(tx, person.user.id);
      return { templates: templates.map((each) => ({ ...each, mayEdit: mayEdit(person, each) })) };
    });
  }

  create(person: Person, given: CreateTouchTemplate): Promise<TouchTemplate> {
    return this.unitOfWork.run(async (tx) => {
      await this.check(tx, person, given);
      if ((await this.repository.countOf(tx, person.user.id)) >= MOST_TEMPLATES) {
        throw new Conflict(
          'TOO_MANY_TEMPLATES',
          `You keep ${MOST_TEMPLATES} templates already. Delete those that you no longer need.`,
        );
      }
      const id = uuidv7();
      await this.repository.add(tx, id, given, person.user.id, this.clock.now());
      await this.record(tx, person, 'touch-template.created', id, changesToTell(null, given));
      return mustSeeTemplate(tx, this.repository, person, id);
    });
  }

  update(person: Person, id: string, { revision, ...change }: UpdateTouchTemplate): Promise<TouchTemplate> {
    return this.unitOfWork.run(async (tx) => {
      const { mayEdit: _, ...before } = await this.mustEdit(tx, person, id);
      const after: StoredTemplate = { ...before, ...change };
      if (after.visibility === 'private' && !isOwner(person, before)) {
        throw new NotAllowed('Only its owner makes a shared template private.');
      }
      await this.check(tx, person, after);
      if (!(await this.repository.update(tx, after, revision, this.clock.now()))) throw new RevisionMoved('template');
      await this.record(tx, person, 'touch-template.updated', id, changesToTell(before, change));
      return mustSeeTemplate(tx, this.repository, person, id);
    });
  }

  async remove(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const template = await this.mustEdit(tx, person, id);
      await this.repository.remove(tx, id);
      await this.record(tx, person, 'touch-template.deleted', id, removalToTell(template));
    });
  }

  private record(tx: Tx, person: Person, action: string, id: string, changes: Changes): Promise<void> {
    return this.audit.record(tx, { actor: actorOf(person), action, subject: { kind: 'touch-template', id }, changes });
  }

  private async mustEdit(tx: Tx, person: Person, id: string): Promise<TouchTemplate> {
    const template = await mustSeeTemplate(tx, this.repository, person, id);
    if (!template.mayEdit) throw new NotAllowed('Only its owner and admins may change this template.');
    return template;
  }

  /** Its merge fields must be there, and so must its segment; a shared one means something to everybody. */
  private async check(
    tx: Tx,
    person: Person,
    {
      subject,
      text,
      segmentId,
      visibility,
    }: Pick<CreateTouchTemplate, 'subject' | 'text' | 'segmentId' | 'visibility'>,
  ): Promise<void> {
    const unknown = (['subject', 'text'] as const).flatMap((path) =>
      unknownMergeFields((path === 'text' ? text : subject) ?? '').map((name) => ({
        path,
        code: 'UNKNOWN_MERGE_FIELD',
        message: `there is no merge field {{${name.slice(0, 80)}}}`,
      })),
    );
    const [first] = unknown;
    if (first) throw new InvalidInput(`${first.path}: ${first.message}`, unknown, 'UNKNOWN_MERGE_FIELD');
    if (segmentId === null) return;
    const isThere = (found: readonly { id: string; of: string }[]) =>
      found.some((each) => each.id === segmentId && each.of === 'account');
    if (!isThere(await this.segments.seenBy(tx, person.user.id))) {
      const message = 'There is no such segment of accounts.';
      throw new InvalidInput(message, [{ path: 'segmentId', code: 'UNKNOWN_SEGMENT', message }], 'UNKNOWN_SEGMENT');
    }
    if (visibility === 'shared' && !isThere(await this.segments.seenBy(tx, null))) {
      throw new Conflict(
        'RESTS_ON_PRIVATE',
        'A shared template rests on shared segments only. Share the segment first.',
      );
    }
  }
}

/** A private template is its owner’s alone. */
export async function mustSeeTemplate(
  tx: Tx,
  repository: TouchTemplatesRepository,
  person: Person,
  id: string,
): Promise<TouchTemplate> {
  const template = await repository.byId(tx, id);
  if (template === null || (template.visibility === 'private' && !isOwner(person, template))) {
    throw new NotFound('template');
  }
  return { ...template, mayEdit: mayEdit(person, template) };
}

const isOwner = (person: Person, { owner }: StoredTemplate): boolean => owner.userId === person.user.id;

/** Its owner changes a template, and an admin a shared one. */
function mayEdit(person: Person, template: StoredTemplate): boolean {
  return isOwner(person, template) || (template.visibility === 'shared' && person.user.role === 'admin');
}
