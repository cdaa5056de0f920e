import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { LoggedTouch, LogTouch, Touchpoint, UpdateTouch } from '@steward/shared/touchpoints';
import { v7 as uuidv7 } from 'uuid';
import { markDirty } from '../../db/dirty-accounts.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { toDay } from '../../domain/calendar/day.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotAllowed, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { AccountEditing, type Person } from '../accounts/account-editing.js';
import { PeopleReader } from '../users/people.reader.js';
import { type TouchFact, TouchFacts } from './touch-facts.js';
import { personOf, TouchFollowUps } from './touch-follow-ups.js';
import { type StoredTouch, TouchpointsRepository } from './touchpoints.repository.js';

type Changed = LoggedTouch['changed'];

/** Touches as people log them: facts like those of feeds, which their writers may change and take away. */
@Injectable()
export class TouchpointsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editing: AccountEditing,
    private readonly repository: TouchpointsRepository,
    private readonly people: PeopleReader,
    private readonly facts: TouchFacts,
    private readonly followUps: TouchFollowUps,
  ) {}

  read(principal: Principal, accountId: string, id: string): Promise<Touchpoint> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, principal.scope, accountId);
      return this.shown(tx, principal, accountId, id);
    });
  }

  log(person: Person, accountId: string, given: LogTouch): Promise<LoggedTouch> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, account, day: today, at: now } = editing;
      const people = await this.people.on(tx, today);
      const mentioned = people.mustSee(given.mentions, account, 'mentions');
      const when = given.at === null ? { at: now, day: today } : await this.facts.when(tx, given.at, today);
      const before = await this.repository.lastCounting(tx, accountId, today);
      const id = uuidv7();
      const { kind, text, links, contactIds } = given;
      const counts = given.counts && kind !== 'note';
      const author = person.user.email;
      await this.facts.store(editing, person, { id, kind, ...when, author, text, links, counts, contactIds });
      const task = await this.followUps.plan(editing, person, people, id, given.nextStep);
      const ids = mentioned.map((each) => each.id);
      await this.repository.addByHand(tx, {
        accountId,
        touchpointId: id,
        byUserId: person.user.id,
        mentions: ids,
        taskId: task?.id ?? null,
        at: now,
      });
      const told = mentioned.filter((each) => each.id !== person.user.id);
      await this.followUps.tell(editing, person, id, text, told);
      const after = await this.repository.lastCounting(tx, accountId, today);
      const changed: Changed = {
        daysSinceTouchBefore: daysSince(before, today),
        daysSinceTouch: daysSince(after, today),
        task,
        nextStep: given.nextStep?.onPlan ?? false,
        told: told.map(personOf),
      };
      const result = { touchpoint: await this.shown(tx, person, accountId, id), changed };
      const { mentions: _, ...said } = given;
      return { result, action: 'touchpoint.logged', changes: changesOfNew({ id, ...said }) };
    });
  }

  update(person: Person, accountId: string, id: string, { revision, ...change }: UpdateTouch): Promise<Touchpoint> {
    return this.editing.edit(person, accountId, async (editing) => {
      const { tx, account, day: today, at: now } = editing;
      const stored = await this.mustEdit(tx, person, accountId, id);
      const mentionedBefore = stored.mentions.map(({ userId }) => userId);
      const anew = (change.mentions ?? []).filter((each) => !mentionedBefore.includes(each));
      // Whoever was mentioned before stays, though they may not see the account any more.
      const told = (await this.people.on(tx, today)).mustSee(anew, account, 'mentions');
      const mentions = [...new Set(change.mentions ?? mentionedBefore)];
      if (!(await this.repository.changeByHand(tx, accountId, id, { revision, mentions, at: now }))) {
        throw new RevisionMoved('touchpoint');
      }
      const when = change.at === undefined ? {} : await this.facts.when(tx, change.at, today);
      const before: TouchFact = {
        id,
        kind: stored.kind,
        at: stored.at,
        day: stored.day,
        author: stored.authorEmail,
        text: stored.text,
        links: stored.links,
        counts: stored.counts,
        contactIds: stored.contacts.map((contact) => contact.id),
      };
      const { mentions: _mentions, at: _at, ...said } = change;
      const after: TouchFact = { ...before, ...said, ...when };
      const fact = { ...after, counts: after.counts && after.kind !== 'note' };
      await this.facts.store(editing, person, fact);
      const others = told.filter((each) => each.id !== person.user.id);
      if (others.length > 0) await this.followUps.tell(editing, person, id, fact.text ?? '', others);
      const changes = {
        ...changesBetween(before, fact),
        ...changesBetween({ mentions: mentionedBefore }, { mentions }),
      };
      const result = await this.shown(tx, person, accountId, id);
      return { result, action: 'touchpoint.changed', changes };
    });
  }

  async remove(person: Person, accountId: string, id: string): Promise<void> {
    await this.editing.edit(person, accountId, async ({ tx, at }) => {
      const stored = await this.mustEdit(tx, person, accountId, id);
      await this.repository.remove(tx, accountId, id, person.user.id, at);
      await markDirty(tx, new Map([[accountId, stored.day]]), at);
      const changes = { text: { from: stored.text, to: null }, id: { from: id, to: null } };
      return { result: undefined, action: 'touchpoint.removed', changes };
    });
  }

  restore(person: Person, accountId: string, id: string): Promise<Touchpoint> {
    return this.editing.edit(person, accountId, async ({ tx, at }) => {
      const removed = await this.repository.removed(tx, accountId, id);
      if (removed === null) throw new NotFound('removed touchpoint');
      if (!mayEdit(person, removed.byUserId)) throw notYours();
      await this.repository.restore(tx, accountId, id, at);
      await markDirty(tx, new Map([[accountId, removed.day]]), at);
      const result = await this.shown(tx, person, accountId, id);
      return { result, action: 'touchpoint.restored', changes: { id: { from: null, to: id } } };
    });
  }

  private async mustSee(tx: Tx, scope: Scope, accountId: string): Promise<void> {
    if (!(await this.repository.isVisible(tx, scope, accountId))) throw new NotFound('account');
  }

  private async mustEdit(tx: Tx, person: Person, accountId: string, id: string): Promise<StoredTouch> {
    const stored = await this.repository.byId(tx, accountId, id);
    if (stored === null) throw new NotFound('touchpoint');
    if (!mayEdit(person, stored.byUserId)) throw notYours();
    return stored;
  }

  private async shown(tx: Tx, principal: Principal, accountId: string, id: string): Promise<Touchpoint> {
    const stored = await this.repository.byId(tx, accountId, id);
    if (stored === null) throw new NotFound('touchpoint');
    const { byUserId, authorEmail: _, at, ...touch } = stored;
    return { accountId, ...touch, at: at.toISOString(), mayEdit: mayEdit(principal, byUserId) };
  }
}

/** One’s own; an admin those of everybody. What a feed brought is the feed’s. */
function mayEdit(principal: Principal, byUserId: string | null): boolean {
  if (principal.kind !== 'user' || byUserId === null || principal.user.role === 'viewer') return false;
  return principal.user.id === byUserId || principal.user.role === 'admin';
}

function notYours(): NotAllowed {
  return new NotAllowed('Touches are changed by whoever logged them here, and by admins.');
}

function daysSince(day: IsoDay | null, today: IsoDay): number | null {
  return day === null ? null : toDay(today) - toDay(day);
}
