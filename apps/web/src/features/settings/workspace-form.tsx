import { Button, Group, NumberInput, Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core';
import type { Workspace } from '@steward/shared/workspace';
import { CurrencySelect } from '../../components/ui/currency-select.js';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { Section } from '../../components/ui/section.js';
import { useDraft } from '../../components/ui/use-draft.js';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { SaveTrouble } from './save-trouble.js';
import { useUpdateWorkspace } from './workspace.js';
import { FLOORS, isNumber, NUMBERS, workspaceChangeOf, workspaceDraftOf, workspaceLines } from './workspace-draft.js';

/** What the workspace is called, where its day ends, who sees what, and the numbers of the model. */
export function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const update = useUpdateWorkspace();
  const form = useDraft(workspace, workspaceDraftOf);
  const { draft, written, isDirty, restsOn, write } = form;
  const numbers = [...NUMBERS, ...FLOORS].map(({ key }) => draft[key]);
  const ready = isDirty && restsOn.theirs === null && numbers.every(isNumber);
  const numberProps = (key: (typeof NUMBERS)[number]['key'] | (typeof FLOORS)[number]['key']) => ({
    min: 0,
    disabled: !mayWrite,
    value: draft[key],
    error: isNumber(draft[key]) ? null : 'Give a number',
    onChange: (next: number | string) => write({ [key]: next }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || update.isPending) return;
        update.mutate(workspaceChangeOf(restsOn.on, written), { onSuccess: form.saved });
      }}
    >
      <LeaveGuard isDirty={() => isDirty} />
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Section title="Workspace" note={`Its day is ${formatDay(workspace.today)}`}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={720}>
            <TextInput
              label="Name"
              description="Stands above the pages"
              value={draft.name}
              onChange={(event) => write({ name: event.currentTarget.value })}
            />
            <Select
              label="Time zone"
              description="Decides when a day ends"
              searchable
              allowDeselect={false}
              limit={60}
              disabled={!mayWrite}
              data={[...new Set([workspace.timeZone, draft.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
              value={draft.timeZone}
              onChange={(timeZone) => timeZone && write({ timeZone })}
            />
            <CurrencySelect
              label="Currency"
              description="What amounts are compared in"
              disabled={!mayWrite}
              codes={[...new Set([workspace.currency, draft.currency, ...Intl.supportedValuesOf('currency')])]}
              value={draft.currency}
              onChange={(currency) => currency && write({ currency })}
            />
            <TagsInput
              label="Own e-mail domains"
              description="Contacts of these count nowhere"
              disabled={!mayWrite}
              value={draft.ownEmailDomains}
              onChange={(ownEmailDomains) => write({ ownEmailDomains })}
            />
          </SimpleGrid>
          <Switch
            mt="md"
            label="Everyone sees all accounts"
            description="Otherwise CSMs and account managers see their own and unowned accounts, managers their team's"
            checked={draft.everyoneSeesAll}
            onChange={(event) => write({ everyoneSeesAll: event.currentTarget.checked })}
          />
        </Section>
        <Section title="Numbers of the model">
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            {NUMBERS.map(({ key, label, unit, note }) => (
              <NumberInput
                key={key}
                label={label}
                description={note}
                suffix={unit}
                allowDecimal={false}
                {...numberProps(key)}
              />
            ))}
          </SimpleGrid>
        </Section>
        <Section title="Too little to compare" note="A change against a smaller earlier value is not computed">
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            {FLOORS.map(({ key, label }) => (
              <NumberInput key={key} label={label} {...numberProps(key)} />
            ))}
          </SimpleGrid>
        </Section>
      </fieldset>
      <SaveTrouble form={form} save={update} linesOf={workspaceLines} />
      {mayWrite ? (
        <Group mt="lg">
          <Button type="submit" loading={update.isPending} disabled={!ready}>
            Save
          </Button>
          {isDirty ? (
            <Button variant="default" onClick={form.drop}>
              Reset
            </Button>
          ) : null}
        </Group>
      ) : null}
    </form>
  );
}
