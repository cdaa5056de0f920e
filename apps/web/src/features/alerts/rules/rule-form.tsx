import { Checkbox, Group, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import {
  ALERT_CHANNELS,
  ALERT_OWNER_ROLES,
  type AlertChannel,
  type AlertOwnerRole,
  type AlertRuleDetail,
} from '@steward/shared/alert-rules';
import { ALERT_KINDS, type AlertKind } from '@steward/shared/alerts';
import type { Rule } from '@steward/shared/rules';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { KIND_WORDS } from '../../../components/alert/alert-words.js';
import { LIVE_ACCOUNTS } from '../../../components/rule-builder/starting-rule.js';
import { useRulePreview } from '../../../components/rule-builder/use-rule-preview.js';
import { FormActions } from '../../../components/ui/form-actions.js';
import frame from '../../../components/ui/frame.module.css';
import { LeaveGuard } from '../../../components/ui/leave-guard.js';
import { NotSaved } from '../../../components/ui/not-saved.js';
import { PageHeader } from '../../../components/ui/page-header.js';
import { Section } from '../../../components/ui/section.js';
import { useUnsaved } from '../../../components/ui/use-unsaved.js';
import { fieldOf, useCatalogue } from '../../../lib/catalogue.js';
import { useSaveRule } from './change-rules.js';
import { ConditionFields } from './condition-fields.js';
import { DryRunPanel } from './dry-run-panel.js';
import { useDryRun } from './get-rules.js';
import { ReasonField } from './reason-field.js';
import { definitionOf, draftOf, missingIn, type RuleDraft, refusalOf } from './rule-draft.js';
import classes from './rule-form.module.css';
import { RuleTitle } from './rule-title.js';
import { RuleVersions } from './rule-versions.js';
import { CHANNEL_WORDS, OWNER_WORDS } from './rule-words.js';
import { SeverityFields } from './severity-fields.js';

interface RuleFormProps {
  /** Null: a new one. */
  rule: AlertRuleDetail | null;
  /** Takes what is saved now in place of what is written here. */
  onLoadAnew?: () => void;
}

/** An alert rule being made or changed, with what it would find. */
export function RuleForm({ rule, onLoadAnew }: RuleFormProps) {
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  // What is being written rests on what was loaded first, however the rule is read again meanwhile.
  const [loaded] = useState(rule);
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(loaded));
  const [whole, setWhole] = useState<Rule>(loaded?.rule ?? LIVE_ACCOUNTS);
  const [tried, setTried] = useState(false);
  const { isDirty, markSaved } = useUnsaved(draft);
  const save = useSaveRule(loaded);
  const dryRun = useDryRun();
  const preview = useRulePreview({ of: 'account', rule: whole, purpose: 'segment' });
  // A rule that finds nobody today still shows how its reason reads, on any live account.
  const anyone = useRulePreview({ of: 'account', rule: LIVE_ACCOUNTS, purpose: 'segment' });
  const example = preview.found?.rows[0] ?? anyone.found?.rows[0] ?? null;
  const set = (change: Partial<RuleDraft>) => setDraft((now) => ({ ...now, ...change }));

  const definition = definitionOf(draft);
  const refusal = save.error ?? dryRun.error;
  const missing = tried ? missingIn(draft) : {};
  const errorOf = (field: string) => missing[field] ?? refusalOf(save.error, field);
  const tiers = fieldOf(catalogue, 'tier')?.options ?? [];
  const { rule: condition, clearRule, coolDownDays } = draft;
  const asked =
    condition === null || clearRule === null || coolDownDays === null
      ? null
      : { rule: condition, clearRule: clearRule ?? null, tiers: draft.tiers, coolDownDays, days: 90 };
  const submit = () => {
    setTried(true);
    if (definition === null) return;
    save.mutate(definition, {
      onSuccess: () => {
        markSaved();
        void navigate({ to: '/alerts/rules' });
      },
    });
  };
  const isUnfinished = condition === null || clearRule === null;
  return (
    <form
      className={frame.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <PageHeader
        title={<RuleTitle title={loaded?.name ?? 'New rule'} />}
        actions={
          <FormActions
            back="/alerts/rules"
            save={loaded === null ? 'Create rule' : 'Save'}
            disabled={isUnfinished}
            isPending={save.isPending}
          />
        }
      />
      <div className={classes.body}>
        <div className={classes.form}>
          {save.error ? <NotSaved what="The rule" error={save.error} onLoadAnew={onLoadAnew} /> : null}
          <Section title="What it says">
            <div className={classes.fields}>
              <TextInput
                label="Name"
                required
                autoFocus={loaded === null}
                maxLength={100}
                error={errorOf('name')}
                value={draft.name}
                onChange={(event) => set({ name: event.currentTarget.value })}
              />
              <div className={classes.pair}>
                <Select
                  label="Kind"
                  data={ALERT_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
                  error={errorOf('kind')}
                  value={draft.kind}
                  onChange={(kind) => kind !== null && set({ kind: kind as AlertKind })}
                />
                <Select
                  label="Goes to"
                  data={ALERT_OWNER_ROLES.map((value) => ({ value, label: `The ${OWNER_WORDS[value]}` }))}
                  error={errorOf('ownerRole')}
                  value={draft.ownerRole}
                  onChange={(role) => role !== null && set({ ownerRole: role as AlertOwnerRole })}
                />
              </div>
              <ReasonField
                value={draft.reason}
                onChange={(reason) => set({ reason })}
                error={errorOf('reason')}
                catalogue={catalogue}
                example={example}
              />
              <Switch
                size="xs"
                label="Switched on"
                checked={draft.enabled}
                onChange={(event) => set({ enabled: event.currentTarget.checked })}
              />
            </div>
          </Section>
          <ConditionFields
            draft={draft}
            onRule={(next) => {
              set({ rule: next });
              if (next !== null) setWhole(next);
            }}
            onClearRule={(next) => set({ clearRule: next })}
            catalogue={catalogue}
            preview={preview}
            refusal={refusal}
          />
          <Section title="For whom, and how severe">
            <div className={classes.fields}>
              <MultiSelect
                label="Tiers"
                description="None: all accounts, also those without a tier"
                placeholder={draft.tiers === null ? 'All' : undefined}
                data={tiers}
                error={errorOf('tiers')}
                value={draft.tiers ?? []}
                onChange={(next) => set({ tiers: next.length === 0 ? null : next })}
              />
              <SeverityFields draft={draft} tiers={tiers} onChange={set} errorOf={errorOf} />
            </div>
          </Section>
          <Section title="How often, and where it is told">
            <div className={classes.fields}>
              <NumberInput
                label="Cool-down, in days"
                description="It fires again on an account this long after its last alert ended, at the earliest"
                required
                allowDecimal={false}
                clampBehavior="strict"
                min={0}
                max={365}
                w={320}
                error={errorOf('coolDownDays')}
                value={draft.coolDownDays ?? ''}
                onChange={(days) => set({ coolDownDays: typeof days === 'number' ? days : null })}
              />
              <Checkbox
                size="xs"
                label="Raises nothing in quiet periods of the workspace"
                checked={draft.skipInQuietPeriods}
                onChange={(event) => set({ skipInQuietPeriods: event.currentTarget.checked })}
              />
              <Checkbox.Group
                label="Channels"
                description="Beside the inbox; each person chooses among them"
                error={errorOf('channels')}
                value={draft.channels}
                onChange={(channels) => set({ channels: channels as AlertChannel[] })}
              >
                <Group gap="md" mt={6}>
                  {ALERT_CHANNELS.map((channel) => (
                    <Checkbox key={channel} size="xs" value={channel} label={CHANNEL_WORDS[channel]} />
                  ))}
                </Group>
              </Checkbox.Group>
            </div>
          </Section>
        </div>
        <aside className={classes.aside} aria-label="What it would find">
          <DryRunPanel dryRun={dryRun} asked={asked} />
          {loaded === null ? null : <RuleVersions versions={loaded.versions} />}
        </aside>
      </div>
    </form>
  );
}
