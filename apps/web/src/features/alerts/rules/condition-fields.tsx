import { Skeleton, Switch } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { lazy, Suspense, useState } from 'react';
import type { RulePreviewState } from '../../../components/rule-builder/use-rule-preview.js';
import { Section } from '../../../components/ui/section.js';
import { useSegments } from '../../../lib/segments.js';
import { errorsWithin, HEALTHY_AGAIN, type RuleDraft } from './rule-draft.js';

const RuleBuilder = lazy(() =>
  import('../../../components/rule-builder/rule-builder.js').then((module) => ({ default: module.RuleBuilder })),
);

interface ConditionFieldsProps {
  draft: Pick<RuleDraft, 'rule' | 'clearRule'>;
  onRule: (rule: Rule | null) => void;
  onClearRule: (rule: Rule | null | undefined) => void;
  catalogue: readonly CatalogueField[];
  preview: RulePreviewState;
  /** Of a save or a dry run. */
  refusal: Error | null;
}

/** When it fires, and when its alerts clear. */
export function ConditionFields({ draft, onRule, onClearRule, catalogue, preview, refusal }: ConditionFieldsProps) {
  const segments = useSegments();
  // What the builders begin with: they keep what is being written themselves.
  const [start] = useState(draft.rule);
  const [clearStart] = useState(draft.clearRule ?? HEALTHY_AGAIN);
  const refused = errorsWithin(refusal, 'rule');
  const builder = { of: 'account', catalogue, purpose: 'segment', segments } as const;
  return (
    <>
      <Section title="When it fires" note="Conditions over what is known of an account">
        <Suspense fallback={<Skeleton h={160} />}>
          {start === null ? null : (
            <RuleBuilder
              {...builder}
              value={start}
              onChange={onRule}
              errors={refused.length > 0 ? refused : preview.errors}
              withoutValue={preview.withoutValue}
            />
          )}
        </Suspense>
      </Section>
      <Section title="When it clears" note="After it has held for two days">
        <Switch
          size="xs"
          mb="sm"
          label="By a condition of its own"
          description="Else when it no longer holds; after a fall, when half of it is regained or the account is healthy"
          checked={draft.clearRule !== undefined}
          onChange={(event) => onClearRule(event.currentTarget.checked ? clearStart : undefined)}
        />
        {draft.clearRule === undefined ? null : (
          <Suspense fallback={<Skeleton h={100} />}>
            <RuleBuilder
              {...builder}
              value={clearStart}
              onChange={onClearRule}
              errors={errorsWithin(refusal, 'clearRule')}
            />
          </Suspense>
        )}
      </Section>
    </>
  );
}
