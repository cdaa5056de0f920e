import { TextInput } from '@mantine/core';
import type { ModelProblem } from '@steward/shared/model-versions';
import type { Rule } from '@steward/shared/rules';
import type { ReactNode } from 'react';
import { problemAt, problemsWithin, warningAt } from '../../components/model-version/problems.js';
import type { ModelRulePurpose } from '../../components/rule-builder/model-fields.js';
import { ModelRule } from '../../components/rule-builder/model-rule.js';
import frame from '../../components/ui/frame.module.css';
import classes from './editor-parts.module.css';
import { KeyInput } from './key-input.js';

/** What the fields of a definition are given. */
export interface DefinitionFieldsProps<T> {
  item: T;
  /** Where it stands in the body: `tiers.0`. */
  place: string;
  /** It was published: what accounts and alerts are known by does not change. */
  isKeyFixed: boolean;
  takenKeys: readonly string[];
  problems: readonly ModelProblem[];
  /** What typing in one field changes is one step for undo, told by its gesture; null is a step of its own. */
  onChange: (change: Partial<T>, gesture: string | null) => void;
  onUnfinished: (isUnfinished: boolean) => void;
}

/** What every definition says of itself. */
interface Definition {
  key: string;
  label: string;
  rule: Rule | null;
}

interface NamedFieldsProps<T extends Definition> extends DefinitionFieldsProps<T> {
  purpose: ModelRulePurpose;
  /** What stands over its condition; null where it has none, and `withoutRule` says what that means. */
  ruleTitle: string | null;
  withoutRule?: string;
  /** What its key is called, and what it is good for. */
  keyWords: { label: string; title: string; width: number };
  /** A new name was given. */
  onNamed?: () => void;
  /** Beside its name. */
  beside?: ReactNode;
  /** The figures it sets. */
  children: ReactNode;
}

/** Name, key and condition of a definition, with what is wrong with each, and then what is its own. */
export function DefinitionFields<T extends Definition>(props: NamedFieldsProps<T>) {
  const { item, place, isKeyFixed, takenKeys, problems, onUnfinished, purpose, ruleTitle, keyWords } = props;
  // Its kind has more fields than these; a change names those that every definition has.
  const onChange = props.onChange as (change: Partial<Definition>, gesture: string | null) => void;
  const ruleProblems = problemsWithin(problems, `${place}.rule`).filter(({ severity }) => severity === 'error');
  const warning = warningAt(problems, `${place}.rule`) ?? warningAt(problems, place);
  return (
    <>
      <div className={classes.row}>
        <TextInput
          label="Name"
          required
          w={210}
          maxLength={60}
          error={problemAt(problems, `${place}.label`)}
          value={item.label}
          onChange={(event) => onChange({ label: event.currentTarget.value }, 'label')}
          onBlur={props.onNamed}
        />
        {isKeyFixed ? (
          <TextInput label={keyWords.label} w={keyWords.width} value={item.key} readOnly title={keyWords.title} />
        ) : (
          <KeyInput
            key={item.key}
            label={keyWords.label}
            w={keyWords.width}
            value={item.key}
            taken={takenKeys}
            error={problemAt(problems, `${place}.key`)}
            onChange={(key) => onChange({ key }, null)}
          />
        )}
        {props.beside}
      </div>
      {ruleTitle === null ? (
        <p className={classes.quiet}>{props.withoutRule}</p>
      ) : (
        <div>
          <p className={frame.fieldName}>{ruleTitle}</p>
          <ModelRule
            purpose={purpose}
            value={item.rule}
            errors={ruleProblems.filter(({ path }) => path !== '')}
            onChange={(rule) => onChange({ rule }, 'rule')}
            onUnfinished={onUnfinished}
          />
          {ruleProblems
            .filter(({ path }) => path === '')
            .map(({ message }) => (
              <p key={message} className={classes.error}>
                {message}
              </p>
            ))}
        </div>
      )}
      {warning === undefined ? null : <p className={classes.quiet}>{warning}</p>}
      <div className={classes.row}>{props.children}</div>
    </>
  );
}
