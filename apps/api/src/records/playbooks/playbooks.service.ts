import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { CatalogueField } from '@steward/shared/catalogue';
import { describeRule } from '@steward/shared/describe';
import { describeTarget } from '@steward/shared/describe-target';
import {
  type CreatePlaybook,
  PLAYBOOK_LIMITS,
  type Playbook,
  type PlaybookDefinition,
  type PlaybookList,
  type PlaybookVersions,
  type UpdatePlaybook,
} from '@steward/shared/playbooks';
import { v7 as uuidv7 } from 'uuid';
import type { Catalogue } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { problemsOf, rulesKeptWrongly } from '../../db/rules/check-playbook.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { mustBeUnused } from '../../platform/auth/rule-users.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, NotFound, Refused, RevisionMoved } from '../../platform/errors/app-error.js';
import { type Nameable, PlaybooksReader, refuse } from './playbooks.reader.js';
import { PlaybooksRepository, type StoredPlaybook } from './playbooks.repository.js';

export type Person = Extract<Principal, { kind: 'user' }>;

/** What a playbook is held against and described by. */
interface Known extends Nameable {
  catalogue: Catalogue;
  fields: readonly CatalogueField[];
}

/** Playbooks as people keep them. Every change of what one says is a version; its running goals go on by theirs. */
@Injectable()
export class PlaybooksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: PlaybooksRepository,
    private readonly reader: PlaybooksReader,
    private readonly catalogues: CatalogueReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(principal: Principal): Promise<PlaybookList> {
    return this.unitOfWork.run(async (tx) => {
      const known = await this.known(tx);
      const goalsOf = await this.repository.goals(tx, principal.scope);
      const playbooks = await this.repository.all(tx);
      return { playbooks: playbooks.map((each) => shown(principal, each, known, goalsOf(each.id))) };
    });
  }

  get(principal: Principal, id: string): Promise<Playbook> {
    return this.unitOfWork.run((tx) => this.found(tx, principal, id));
  }

  versions(id: string): Promise<PlaybookVersions> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustFind(tx, id);
      return { versions: await this.repository.versions(tx, id) };
    });
  }

  create(person: Person, { definition, enabled }: CreatePlaybook): Promise<Playbook> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      await this.mustBeSound(tx, person, definition);
      if ((await this.repository.all(tx)).length >= PLAYBOOK_LIMITS.playbooks) {
        throw new Refused('TOO_MANY_PLAYBOOKS', `A workspace has at most ${PLAYBOOK_LIMITS.playbooks} playbooks.`);
      }
      const id = uuidv7();
      await this.repository.add(tx, id, definition, enabled, this.by(person));
      await this.record(tx, person, 'playbook.created', id, changesOfNew({ ...definition, enabled }));
      return this.found(tx, person, id);
    });
  }

  update(person: Person, id: string, { definition, enabled, revision }: UpdatePlaybook): Promise<Playbook> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const before = await this.mustFind(tx, id);
      const isNewVersion = !isDeepStrictEqual(before.definition, definition);
      // One that something was taken from under is switched off as it is.
      if (isNewVersion || enabled) await this.mustBeSound(tx, person, definition);
      const after = { definition, enabled, isNewVersion };
      if (!(await this.repository.update(tx, id, revision, after, this.by(person))))
        throw new RevisionMoved('playbook');
      const changes = changesBetween(
        { ...before.definition, enabled: before.enabled },
        { ...definition, enabled: after.enabled },
      );
      await this.record(tx, person, 'playbook.updated', id, changes);
      return this.found(tx, person, id);
    });
  }

  remove(person: Person, id: string, revision: number): Promise<Playbook> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const playbook = await this.found(tx, person, id);
      if (playbook.key !== null) {
        throw new Conflict(
          'PLAYBOOK_BUILT_IN',
          'A ready-made playbook can be changed and switched off, but not deleted.',
        );
      }
      mustBeUnused(person, await this.repository.namedBy(tx, id), {
        code: 'PLAYBOOK_IN_USE',
        path: 'playbookId',
        message: (names) => `Conditions over goals name this playbook: ${names}.`,
      });
      if (!(await this.repository.remove(tx, id, revision, this.clock.now()))) throw new RevisionMoved('playbook');
      await this.record(tx, person, 'playbook.deleted', id, { name: { from: playbook.definition.name, to: null } });
      return playbook;
    });
  }

  private async mustBeSound(tx: Tx, { scope }: Person, definition: PlaybookDefinition): Promise<void> {
    const { catalogue } = await this.catalogues.model(tx);
    await this.reader.mustBeSound(tx, definition, catalogue);
    refuse(rulesKeptWrongly(definition, scope));
  }

  private by(person: Person): { userId: string; at: Date } {
    return { userId: person.user.id, at: this.clock.now() };
  }

  private record(tx: Tx, person: Person, action: string, id: string, changes: Changes): Promise<void> {
    return this.audit.record(tx, { actor: actorOf(person), action, subject: { kind: 'playbook', id }, changes });
  }

  private async found(tx: Tx, principal: Principal, id: string): Promise<Playbook> {
    const playbook = await this.mustFind(tx, id);
    const goalsOf = await this.repository.goals(tx, principal.scope, id);
    return shown(principal, playbook, await this.known(tx), goalsOf(id));
  }

  private async known(tx: Tx): Promise<Known> {
    const { catalogue } = await this.catalogues.model(tx);
    const fields = [...catalogue.fields.values()].map(({ field }) => field);
    return { catalogue, fields, ...(await this.reader.nameable(tx)) };
  }

  private async mustFind(tx: Tx, id: string): Promise<StoredPlaybook> {
    const playbook = await this.repository.byId(tx, id);
    if (playbook === null) throw new NotFound('playbook');
    return playbook;
  }
}

function shown(principal: Principal, playbook: StoredPlaybook, known: Known, goals: Playbook['goals']): Playbook {
  const { target, tasks, triggers } = playbook.definition;
  const { catalogue, fields, segments, alertRules } = known;
  const isNamed = new Set([...triggers.segmentIds, ...triggers.alertRuleIds]);
  const named = [...segments, ...alertRules].filter(({ id }) => isNamed.has(id));
  const completesWhen = tasks.flatMap(({ key, completesWhen: rule }) =>
    rule === null ? [] : [[key, describeRule(rule, fields, segments, catalogue.playbooks)]],
  );
  return {
    ...playbook,
    goals,
    problems: problemsOf(playbook.definition, catalogue, known),
    triggerNames: Object.fromEntries(named.map(({ id, name }) => [id, name])),
    words: { target: describeTarget(target, fields), completesWhen: Object.fromEntries(completesWhen) },
    mayEdit: principal.kind === 'user' && permissionsOf(principal.user.role).includes('playbooks:write'),
  };
}
