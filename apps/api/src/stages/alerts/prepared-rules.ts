import { mergeFieldsIn } from '@steward/shared/alert-reason';
import type { Rule } from '@steward/shared/rules';
import { fieldsRead, leavesOf } from '@steward/shared/rules';
import { isSoundRule } from '../../db/rules/check-rule.js';
import { type AlertQuestions, type Fall, fallOf, firingRule, questionsOf } from '../../domain/alerts/alert-rule.js';
import { silentSourceOf } from '../../domain/alerts/silent-source.js';
import type { AlertRule } from '../../records/alert-rules/alert-rules.reader.js';
import type { DayRun } from '../day-run.js';

/** An alert rule made ready for a day. */
export interface PreparedRule extends AlertRule {
  firing: Rule;
  questions: AlertQuestions;
  /** The first fall that the rule asks for, and its condition's place; null: it asks for none. */
  fall: { place: number; fall: Fall } | null;
  /** Fields that its evidence and its reason tell. */
  fields: string[];
  /** A source that it depends on and that is silent on the day; null: none. */
  silentSource: string | null;
}

export type DayOfRules = Pick<DayRun, 'model' | 'context'>;

interface PreparedFor extends Pick<DayOfRules, 'model' | 'context'> {
  rules: readonly PreparedRule[];
}

const prepared = new WeakMap<readonly AlertRule[], PreparedFor>();

/**
 * Those of the rules that the catalogue bears: another raises and ends nothing until somebody mends it. The same object
 * for the same rules and day, which all batches of a run share.
 */
export function preparedRules(rules: readonly AlertRule[], { model, context }: DayOfRules): readonly PreparedRule[] {
  const known = prepared.get(rules);
  if (known?.model === model && known.context === context) return known.rules;
  const made = prepare(rules, { model, context });
  prepared.set(rules, { model, context, rules: made });
  return made;
}

function prepare(rules: readonly AlertRule[], day: DayOfRules): PreparedRule[] {
  const { catalogue } = day.model;
  const stageOf = (key: string) => catalogue.fields.get(key)?.field.stage;
  return rules.flatMap((each) => {
    if (each.rule === null || !isSoundRule(each.rule, catalogue, 'alert')) return [];
    if (each.clearRule !== null && !isSoundRule(each.clearRule, catalogue, 'alert')) return [];
    // A tier that is no longer published has no accounts; a rule of such tiers alone has nobody to ask about.
    const tiers = each.tiers?.filter((key) => day.model.tiers.body.tiers.some((tier) => tier.key === key)) ?? null;
    if (tiers?.length === 0) return [];
    const condition = { rule: each.rule, clearRule: each.clearRule, tiers };
    const questions = questionsOf(condition, stageOf);
    const keys = [...leavesOf(each.rule).flatMap(fieldsRead), ...mergeFieldsIn(each.reason)];
    const falls = questions.leaves.flatMap((leaf, place) => {
      const fall = fallOf(leaf);
      return fall === null ? [] : [{ place, fall }];
    });
    return [
      {
        ...each,
        firing: firingRule(condition, stageOf),
        questions,
        fall: each.clearRule === null ? (falls[0] ?? null) : null,
        fields: [...new Set(keys)].filter((key) => catalogue.fields.has(key)),
        silentSource: silentSourceOf(each.rule, {
          signals: day.model.signals,
          profiles: day.model.profiles.map(({ body }) => body),
          context: day.context,
        }),
      },
    ];
  });
}
