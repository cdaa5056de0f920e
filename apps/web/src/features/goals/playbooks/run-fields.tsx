import { Checkbox, MultiSelect, NumberInput, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSegments } from '../../../lib/segments.js';
import { alertRuleNamesQuery } from './get-playbooks.js';
import type { PlaybookDraft } from './playbook-draft.js';
import classes from './playbook-form.module.css';

interface RunFieldsProps {
  draft: Pick<PlaybookDraft, 'triggers' | 'run'>;
  onChange: (change: Partial<PlaybookDraft>) => void;
  errorOf: (place: string) => string | undefined;
}

/** What starts it beside people. */
export function TriggerFields({ draft: { triggers }, onChange, errorOf }: RunFieldsProps) {
  const shared = useSegments().filter(({ of, visibility }) => of === 'account' && visibility === 'shared');
  const rules = useQuery(alertRuleNamesQuery).data ?? [];
  const withGone = (ids: readonly string[], named: readonly { id: string; name: string }[]) => [
    ...named.map(({ id, name }) => ({ value: id, label: name })),
    ...ids.filter((id) => !named.some((each) => each.id === id)).map((value) => ({ value, label: 'gone' })),
  ];
  return (
    <div className={classes.fields}>
      <MultiSelect
        label="When an account enters a segment"
        description="Segments of accounts that everybody sees. Accounts that are in it already do not start by themselves."
        searchable
        clearable
        placeholder={triggers.segmentIds.length === 0 ? 'None' : undefined}
        data={withGone(triggers.segmentIds, shared)}
        error={errorOf('triggers.segmentIds')}
        value={[...triggers.segmentIds]}
        onChange={(segmentIds) => onChange({ triggers: { ...triggers, segmentIds } })}
      />
      <MultiSelect
        label="When an alert opens"
        searchable
        clearable
        placeholder={triggers.alertRuleIds.length === 0 ? 'None' : undefined}
        data={withGone(triggers.alertRuleIds, rules)}
        error={errorOf('triggers.alertRuleIds')}
        value={[...triggers.alertRuleIds]}
        onChange={(alertRuleIds) => onChange({ triggers: { ...triggers, alertRuleIds } })}
      />
    </div>
  );
}

/** How often it runs on an account, and when it stops; the latter only where something starts it. */
export function RunFields({ draft: { triggers, run }, onChange, errorOf }: RunFieldsProps) {
  const set = (change: Partial<PlaybookDraft['run']>) => onChange({ run: { ...run, ...change } });
  const isTriggered = triggers.segmentIds.length + triggers.alertRuleIds.length > 0;
  return (
    <Stack gap="sm" maw={640}>
      <Checkbox
        label="One goal of it at a time on an account"
        description="Also when people start it"
        checked={run.oneAtATime}
        onChange={(event) => set({ oneAtATime: event.currentTarget.checked })}
      />
      <Checkbox
        label="Starts by itself again on an account where it ran before"
        description="Else once only; people may start it again at any time"
        disabled={!isTriggered}
        checked={run.againAfterDays !== undefined}
        onChange={(event) => set({ againAfterDays: event.currentTarget.checked ? 90 : undefined })}
      />
      {run.againAfterDays === undefined ? null : (
        <NumberInput
          label="Days after its last goal there ended"
          w={260}
          ml={26}
          min={0}
          max={1095}
          allowDecimal={false}
          error={errorOf('run.againAfterDays')}
          value={run.againAfterDays ?? ''}
          onChange={(days) => set({ againAfterDays: typeof days === 'number' ? days : null })}
        />
      )}
      <Checkbox
        label="Cancelled when what started it is no longer so"
        description="The account leaves the segment, or the alert ends by itself. Goals that people started go on."
        disabled={!isTriggered}
        checked={run.cancelWhenConditionStops}
        onChange={(event) => set({ cancelWhenConditionStops: event.currentTarget.checked })}
      />
      {run.cancelWhenConditionStops ? (
        <Checkbox
          ml={26}
          label="Its open tasks are cancelled with it"
          description="Else they stay with those who have them"
          checked={run.cancelOpenTasks}
          onChange={(event) => set({ cancelOpenTasks: event.currentTarget.checked })}
        />
      ) : null}
    </Stack>
  );
}
