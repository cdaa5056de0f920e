import { Alert, NativeSelect, Skeleton, Switch, Table, Text } from '@mantine/core';
import { ALERT_KINDS, type AlertKind } from '@steward/shared/alerts';
import type { EmailChoice, NotificationChoice, NotificationScope, Preferences } from '@steward/shared/notifications';
import { useQuery } from '@tanstack/react-query';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { toastError } from '../../components/ui/toast.js';
import { useMe } from '../../lib/me.js';
import { DeskChoices } from './desk-choices.js';
import { EMAIL_OPTIONS } from './email-options.js';
import { preferencesQuery, useSetPreferences } from './notification-preferences.js';

const KIND_LABELS: Record<AlertKind, string> = {
  churn: 'Churn risk',
  renewal: 'Renewal',
  expansion: 'Expansion',
  lifecycle: 'Lifecycle',
  billing: 'Billing',
  data: 'Data',
};
const SCOPE_LABELS: Record<NotificationScope, string> = {
  off: 'None',
  mine: 'Mine',
  team: 'My team’s, too',
  all: 'All that I see',
};

const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** What a person is told, and where. Each choice is kept as it is made. */
export function NotificationsPage() {
  const { data, error, refetch } = useQuery(preferencesQuery);
  const set = useSetPreferences();
  const { timeZone } = useMe().workspace;
  const choose = (change: Partial<Pick<Preferences, 'kinds' | 'digestHour' | 'desk'>>) => {
    if (!data) return;
    const { kinds, digestHour, desk, revision } = { ...data, ...change };
    set.mutate(
      { kinds, digestHour, desk, revision },
      { onError: (failure) => toastError('The choice was not kept', failure) },
    );
  };
  return (
    <Section title="What reaches you" note="Of one account once a day, unless it is critical">
      {error ? <LoadFailed title="Your choices could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={240} />}
      {data ? (
        <>
          {data.mailWorks ? null : (
            <Alert variant="light" color="gray" p="xs" mb="sm" role="note">
              This server sends no mail yet: whoever runs it has to name a mail server (SMTP_URL).
            </Alert>
          )}
          <Table aria-label="What reaches you" maw={720}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Alerts</Table.Th>
                <Table.Th>Of accounts</Table.Th>
                <Table.Th>In the product</Table.Th>
                <Table.Th>By mail</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {ALERT_KINDS.map((kind) => (
                <ChoiceRow
                  key={kind}
                  label={KIND_LABELS[kind]}
                  choice={data.kinds[kind]}
                  pending={set.isPending}
                  onChoose={(choice) => choose({ kinds: { ...data.kinds, [kind]: choice } })}
                />
              ))}
            </Table.Tbody>
          </Table>
          <DeskChoices
            choices={data.desk}
            pending={set.isPending}
            onChoose={(kind, choice) => choose({ desk: { ...data.desk, [kind]: choice } })}
          />
          <NativeSelect
            mt="md"
            w={160}
            label="Daily mail at"
            description={timeZone}
            data={HOURS}
            value={String(data.digestHour)}
            disabled={set.isPending}
            onChange={(event) => choose({ digestHour: Number(event.currentTarget.value) })}
          />
          <Text size="xs" c="dimmed" mt="sm" maw={560}>
            Mine are alerts that you should act on: assigned to you, of accounts that you own or stand in for, and those
            that nobody acknowledged in time where they come to you next.
          </Text>
        </>
      ) : null}
    </Section>
  );
}

interface ChoiceRowProps {
  label: string;
  choice: NotificationChoice;
  pending: boolean;
  onChoose: (choice: NotificationChoice) => void;
}

function ChoiceRow({ label, choice, pending, onChoose }: ChoiceRowProps) {
  const off = choice.scope === 'off';
  return (
    <Table.Tr>
      <Table.Td fw={500}>{label}</Table.Td>
      <Table.Td>
        <NativeSelect
          size="xs"
          aria-label={`${label}: of accounts`}
          data={optionsOf(SCOPE_LABELS)}
          value={choice.scope}
          disabled={pending}
          onChange={(event) => onChoose({ ...choice, scope: event.currentTarget.value as NotificationScope })}
        />
      </Table.Td>
      <Table.Td>
        <Switch
          size="xs"
          aria-label={`${label}: in the product`}
          checked={choice.inApp}
          disabled={off || pending}
          onChange={(event) => onChoose({ ...choice, inApp: event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <NativeSelect
          size="xs"
          aria-label={`${label}: by mail`}
          data={EMAIL_OPTIONS}
          value={choice.email}
          disabled={off || pending}
          onChange={(event) => onChoose({ ...choice, email: event.currentTarget.value as EmailChoice })}
        />
      </Table.Td>
    </Table.Tr>
  );
}
