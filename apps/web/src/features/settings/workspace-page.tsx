import {
  Alert,
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Workspace, WorkspaceSettings } from '@steward/shared/workspace';
import { useQuery } from '@tanstack/react-query';
import { CurrencySelect } from '../../components/ui/currency-select.js';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { errorText } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { ExchangeRatesSection } from './exchange-rates-section.js';
import { QuietPeriodsSection } from './quiet-periods-section.js';
import { SampleSection } from './sample-section.js';
import { useUpdateWorkspace, workspaceQuery } from './workspace.js';

type NumberKey = Exclude<keyof WorkspaceSettings, 'changeFloors'>;
type FloorKey = keyof WorkspaceSettings['changeFloors'];

const NUMBERS: { key: NumberKey; label: string; unit: string; note: string }[] = [
  { key: 'windowDays', label: 'Window', unit: ' days', note: 'Of signals without one of their own' },
  { key: 'npsDays', label: 'NPS counts for', unit: ' days', note: 'The latest answer of each contact' },
  { key: 'promoterDays', label: 'Promoters count for', unit: ' days', note: 'And detractors' },
  { key: 'csatDays', label: 'Satisfaction counts for', unit: ' days', note: 'Ratings of tickets and surveys' },
  { key: 'pulseDays', label: 'A pulse counts for', unit: ' days', note: 'Then it has expired' },
  { key: 'eventMonthsBack', label: 'Oldest events', unit: ' months', note: 'Older ones are rejected' },
  { key: 'lateFactDays', label: 'Late facts', unit: ' days', note: 'How far back closed days are rebuilt' },
  { key: 'dailySnapshotDays', label: 'Daily snapshots', unit: ' days', note: 'Then month-ends are kept' },
];
const FLOORS: { key: FloorKey; label: string }[] = [
  { key: 'contacts', label: 'Contacts' },
  { key: 'events', label: 'Events' },
  { key: 'tickets', label: 'Tickets' },
  { key: 'money', label: 'Money' },
];

export function WorkspacePage() {
  const { data, error, refetch } = useQuery(workspaceQuery);
  if (error) return <LoadFailed title="The workspace could not be loaded" error={error} onRetry={refetch} />;
  return data ? (
    <>
      <SampleSection />
      <WorkspaceForm key={data.revision} workspace={data} />
      <ExchangeRatesSection />
      <QuietPeriodsSection />
    </>
  ) : (
    <Skeleton h={400} mt="lg" />
  );
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const update = useUpdateWorkspace();
  const { revision, today, ...initialValues } = workspace;
  const form = useForm({ initialValues });
  return (
    <form onSubmit={form.onSubmit((values) => update.mutate({ revision, ...values }))}>
      <LeaveGuard isDirty={() => form.isDirty()} />
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Section title="Workspace" note={`Its day is ${formatDay(today)}`}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} maw={720}>
            <TextInput label="Name" description="Stands above the pages" {...form.getInputProps('name')} />
            <Select
              label="Time zone"
              description="Decides when a day ends"
              searchable
              limit={60}
              disabled={!mayWrite}
              data={[...new Set([workspace.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
              {...form.getInputProps('timeZone')}
            />
            <CurrencySelect
              label="Currency"
              description="What amounts are compared in"
              disabled={!mayWrite}
              codes={[...new Set([workspace.currency, ...Intl.supportedValuesOf('currency')])]}
              {...form.getInputProps('currency')}
            />
            <TagsInput
              label="Own e-mail domains"
              description="Contacts of these count nowhere"
              disabled={!mayWrite}
              {...form.getInputProps('ownEmailDomains')}
            />
          </SimpleGrid>
          <Switch
            mt="md"
            label="Everyone sees all accounts"
            description="Otherwise CSMs and account managers see their own and unowned accounts, managers their team's"
            {...form.getInputProps('everyoneSeesAll', { type: 'checkbox' })}
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
                min={0}
                allowDecimal={false}
                disabled={!mayWrite}
                {...form.getInputProps(`settings.${key}`)}
              />
            ))}
          </SimpleGrid>
        </Section>
        <Section title="Too little to compare" note="A change against a smaller earlier value is not computed">
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            {FLOORS.map(({ key, label }) => (
              <NumberInput
                key={key}
                label={label}
                min={0}
                disabled={!mayWrite}
                {...form.getInputProps(`settings.changeFloors.${key}`)}
              />
            ))}
          </SimpleGrid>
        </Section>
      </fieldset>
      <Stack gap="sm" mt="lg">
        {update.isError ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {errorText(update.error)}
          </Alert>
        ) : null}
        {mayWrite ? (
          <Group>
            <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
              Save
            </Button>
            {form.isDirty() ? (
              <Button variant="default" onClick={form.reset}>
                Reset
              </Button>
            ) : null}
          </Group>
        ) : null}
      </Stack>
    </form>
  );
}
