import { NativeSelect, Switch, Table } from '@mantine/core';
import { DESK_NEWS, type DeskChoice, type DeskNewsKind, type EmailChoice } from '@steward/shared/notifications';
import { EMAIL_OPTIONS } from './email-options.js';

const LABELS: Record<DeskNewsKind, string> = {
  mention: 'Somebody mentions you',
  handOver: 'An account is handed over',
  taskAssigned: 'You are given tasks',
  taskDue: 'Tasks due, each morning',
  goalEnded: 'A goal of yours ends',
  followedTouch: 'Followed: a touch',
  followedBand: 'Followed: at risk',
  followedAlert: 'Followed: a high alert',
  followedHandOver: 'Followed: a new owner',
};

interface DeskChoicesProps {
  choices: Record<DeskNewsKind, DeskChoice>;
  pending: boolean;
  onChoose: (kind: DeskNewsKind, choice: DeskChoice) => void;
}

/** What a person is told of beside alerts: their own work, and the accounts that they follow. */
export function DeskChoices({ choices, pending, onChoose }: DeskChoicesProps) {
  return (
    <Table aria-label="What else reaches you" maw={720} mt="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Your work, and accounts you follow</Table.Th>
          <Table.Th>In the product</Table.Th>
          <Table.Th>By mail</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {DESK_NEWS.map((kind) => {
          const choice = choices[kind];
          return (
            <Table.Tr key={kind}>
              <Table.Td fw={500}>{LABELS[kind]}</Table.Td>
              <Table.Td>
                <Switch
                  size="xs"
                  aria-label={`${LABELS[kind]}: in the product`}
                  checked={choice.inApp}
                  disabled={pending}
                  onChange={(event) => onChoose(kind, { ...choice, inApp: event.currentTarget.checked })}
                />
              </Table.Td>
              <Table.Td>
                <NativeSelect
                  size="xs"
                  aria-label={`${LABELS[kind]}: by mail`}
                  data={EMAIL_OPTIONS}
                  value={choice.email}
                  disabled={pending}
                  onChange={(event) => onChoose(kind, { ...choice, email: event.currentTarget.value as EmailChoice })}
                />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
