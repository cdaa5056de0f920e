import { Injectable } from '@nestjs/common';
import {
  type AlertRule,
  type AlertRuleDefinition,
  type AlertRuleDetail,
  type AlertRuleList,
  alertRuleDefinitionSchema,
  type CreateAlertRule,
  type UpdateAlertRule,
} from '@steward/shared/alert-rules';
import { v7 as uuidv7 } from 'uuid';
import { announce } from '../../db/live-channel.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Conflict, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { AlertRuleChanges, type Person } from './alert-rule-changes.js';
import { keptWronglyIn, problemsOf, refuse } from './alert-rule-check.js';
import { AlertRulesRepository, type StoredAlertRule } from './alert-rules.repository.js';
import { PendingAlerts } from './pending-alerts.reader.js';

const DEFINITION = Object.keys(alertRuleDefinitionSchema.shape) as (keyof AlertRuleDefinition)[];

/** What a rule says, without what is kept beside it. */
function definitionOf(rule: AlertRuleDefinition): AlertRuleDefinition {
  return Object.fromEntries(DEFINITION.map((field) => [field, rule[field]])) as AlertRuleDefinition;
}

/**
 * A change after which the next evaluation finds what is true at start: of what the rule asks, and switching it on, which
 * would else raise all at once what has come about meanwhile.
 */
function beginsAnew(changes: Changes): boolean {
  return ['rule', 'clearRule', 'tiers'].some((field) => field in changes) || changes.enabled?.to === true;
}

/** That alone may be done to any rule: it says nothing more to anybody. */
function isSwitchedOff(changes: Changes): boolean {
  return Object.keys(changes).every((field) => field === 'enabled') && changes.enabled?.to !== true;
}

/** Alert rules as people keep them. The pipeline notices by itself that one is new, and makes every account due. */
@Injectable()
export class AlertRulesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AlertRulesRepository,
    private readonly catalogues: CatalogueReader,
    private readonly pending: PendingAlerts,
    private readonly changes: AlertRuleChanges,
  ) {}

  list(principal: Principal): Promise<AlertRuleList> {
    return this.unitOfWork.run(async (tx) => {
      const live = await this.repository.liveAlerts(tx, principal.scope);
      const rules = await this.repository.all(tx);
      return { rules: rules.map((rule) => ({ ...shownTo(principal, rule), liveAlerts: live.get(rule.id) ?? 0 })) };
    });
  }

  get(principal: Principal, id: string): Promise<AlertRuleDetail> {
    return this.unitOfWork.run(async (tx) => ({
      ...shownTo(principal, await this.mustFind(tx, id)),
      versions: await this.repository.versions(tx, id),
    }));
  }

  create(person: Person, given: CreateAlertRule): Promise<AlertRule> {
    return this.saving(async (tx) => {
      await this.check(tx, given);
      refuse(keptWronglyIn(given, person.scope));
      return this.add(tx, person, given, changesOfNew(given));
    });
  }

  copy(person: Person, id: string, name: string): Promise<AlertRule> {
    return this.saving(async (tx) => {
      const given = { ...definitionOf(await this.mustFind(tx, id)), name, enabled: false };
      refuse(keptWronglyIn(given, person.scope));
      return this.add(tx, person, given, changesOfNew({ ...given, copyOf: id }));
    });
  }

  update(person: Person, id: string, { revision, ...fields }: UpdateAlertRule): Promise<AlertRule> {
    return this.saving(async (tx) => {
      const before = await this.mustFind(tx, id);
      const changes = changesBetween(before, fields);
      await this.check(tx, fields);
      const after = definitionOf({ ...before, ...fields });
      if (!isSwitchedOff(changes)) refuse(keptWronglyIn(after, person.scope));
      const at = this.changes.now();
      if (!(await this.repository.update(tx, id, revision, after, at))) throw new RevisionMoved('alert rule');
      if (beginsAnew(changes)) await this.repository.beginAnew(tx, id, after, person.user.id, at);
      await this.changes.record(tx, person, 'alert_rule.updated', id, changes);
      return shownTo(person, await this.mustFind(tx, id));
    });
  }

  remove(person: Person, id: string): Promise<AlertRule> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      const rule = await this.mustFind(tx, id);
      if (rule.key !== null) {
        throw new Conflict('ALERT_RULE_BUILT_IN', 'A built-in rule can be changed and switched off, but not deleted.');
      }
      const started = await this.repository.playbooksStartedBy(tx, id);
      if (started.length > 0) {
        const details = started.map((name) => ({ path: 'ruleId', message: `starts the playbook ${name}` }));
        throw new Conflict('ALERT_RULE_IN_USE', `This rule starts playbooks: ${started.join(', ')}.`, details);
      }
      const by = { userId: person.user.id, day: isoOf(await this.changes.today(tx)), at: this.changes.now() };
      await this.changes.record(tx, person, 'alert_rule.deleted', id, { name: { from: rule.name, to: null } });
      const accountIds = await this.repository.remove(tx, id, by);
      await announce(tx, { topic: 'alerts', ids: [...new Set(accountIds)] });
      return shownTo(person, rule);
    });
  }

  /** What to do with the alerts of a storm. */
  decide(person: Person, id: string, decision: 'release' | 'drop'): Promise<{ alerts: number }> {
    return this.unitOfWork.run(async (tx) => {
      const rule = await this.mustFind(tx, id);
      const made = { by: person.user.id, at: this.changes.now(), today: isoOf(await this.changes.today(tx)) };
      const alerts = await this.pending[decision](tx, id, made);
      if (alerts === null) throw new Conflict('NOTHING_HELD', `No alerts of ${rule.name} wait for a decision.`);
      const action = decision === 'release' ? 'alert_rule.released' : 'alert_rule.dropped';
      await this.changes.record(tx, person, action, id, { alerts: { from: null, to: alerts } });
      await announce(tx, { topic: 'alerts', ids: null });
      return { alerts };
    });
  }

  private async saving(work: (tx: Tx) => Promise<AlertRule>): Promise<AlertRule> {
    const saved = await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      return work(tx);
    });
    this.changes.hint();
    return saved;
  }

  private async add(tx: Tx, person: Person, given: AlertRuleDefinition, changes: Changes): Promise<AlertRule> {
    const id = uuidv7();
    await this.repository.add(tx, id, given, person.user.id, this.changes.now());
    await this.changes.record(tx, person, 'alert_rule.created', id, changes);
    return shownTo(person, await this.mustFind(tx, id));
  }

  private async check(tx: Tx, given: Partial<AlertRuleDefinition>): Promise<void> {
    const problems = problemsOf(given, await this.catalogues.model(tx), await this.repository.sharedSegments(tx));
    const { playbookKey } = given;
    if (playbookKey && !(await this.repository.isPlaybook(tx, playbookKey))) {
      problems.push({ path: 'playbookKey', code: 'UNKNOWN_PLAYBOOK', message: 'there is no such playbook' });
    }
    refuse(problems);
  }

  private async mustFind(tx: Tx, id: string): Promise<StoredAlertRule> {
    const rule = await this.repository.byId(tx, id);
    if (rule === null) throw new NotFound('alert rule');
    return rule;
  }
}

function shownTo(principal: Principal, rule: StoredAlertRule): AlertRule {
  const mayEdit = principal.kind === 'user' && permissionsOf(principal.user.role).includes('alerts:write');
  // How many accounts a storm is about is over all of them: for those who see all.
  const hold = rule.hold && { ...rule.hold, wouldFire: null, inScope: null };
  return { ...rule, hold: principal.scope.kind === 'all' ? rule.hold : hold, mayEdit };
}
