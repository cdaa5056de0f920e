import { Skeleton } from '@mantine/core';
import type { Rule } from '@steward/shared/rules';
import { lazy, Suspense, useMemo } from 'react';
import { useCatalogue } from '../../lib/catalogue.js';
import type { RuleError } from './builder-context.js';
import { fieldsFor, type ModelRulePurpose } from './model-fields.js';

const RuleBuilder = lazy(() => import('./rule-builder.js').then((module) => ({ default: module.RuleBuilder })));

const NOTHING: Rule = { kind: 'all', rules: [] };
const NO_SEGMENTS: [] = [];

interface ModelRuleProps {
  purpose: ModelRulePurpose;
  /** Null: none is written yet. */
  value: Rule | null;
  errors: readonly RuleError[];
  /** Null: no condition is left. */
  onChange: (rule: Rule | null) => void;
  /** A condition is being written: what was said before it still stands. */
  onUnfinished: (isUnfinished: boolean) => void;
}

/** A rule of the model, over the fields that it may read. */
export function ModelRule({ purpose, value, errors, onChange, onUnfinished }: ModelRuleProps) {
  const catalogue = useCatalogue();
  const fields = useMemo(() => fieldsFor(catalogue, purpose), [catalogue, purpose]);
  if (fields.length === 0) return <Skeleton h={100} />;
  return (
    <Suspense fallback={<Skeleton h={100} />}>
      <RuleBuilder
        of="account"
        purpose="segment"
        catalogue={fields}
        segments={NO_SEGMENTS}
        withSegments={false}
        value={value ?? NOTHING}
        errors={errors}
        onChange={(rule) => {
          onUnfinished(rule === null);
          if (rule !== null) onChange(isEmpty(rule) ? null : rule);
        }}
      />
    </Suspense>
  );
}

const isEmpty = (rule: Rule): boolean => rule.kind === 'all' && rule.rules.length === 0;
