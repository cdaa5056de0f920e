import { ActionIcon, Alert, Menu, Skeleton, Table, Text } from '@mantine/core';
import type { ReportSchedule } from '@steward/shared/report-schedules';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MailHistory } from '../../components/report-schedule/mail-history.js';
import { ScheduleDialog } from '../../components/report-schedule/schedule-dialog.js';
import { MAIL_STATE_WORDS, recipientWords, whenWords } from '../../components/report-schedule/schedule-words.js';
import {
  givenOf,
  schedulesQuery,
  useDeleteSchedule,
  useLeaveSchedule,
  useSendNow,
  useUpdateSchedule,
} from '../../components/report-schedule/schedules.js';
import { useContentWords } from '../../components/report-schedule/use-content-words.js';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { toast, toastError } from '../../components/ui/toast.js';
import { formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';

type Asked = { what: 'edit' | 'delete' | 'mails'; schedule: ReportSchedule };

/** Reports that come by mail: when, to whom, and what became of the last ones. */
export function ReportsPage() {
  const { data, error, refetch } = useQuery(schedulesQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const remove = useDeleteSchedule();
  const wordsOf = useContentWords();
  const close = () => setAsked(null);
  return (
    <Section
      title="Reports by mail"
      note="Made with “Schedule…” on the portfolio, on renewals, and in the menu of a saved view"
    >
      {error ? <LoadFailed title="Reports could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={160} />}
      {data && !data.mailWorks ? (
        <Alert variant="light" color="gray" p="xs" mb="sm" role="note">
          This server sends no mail yet: whoever runs it has to name a mail server (SMTP_URL).
        </Alert>
      ) : null}
      {data?.schedules.length === 0 ? (
        <EmptyState
          title="No report comes by mail yet"
          text="Open the portfolio, the renewals, or a saved view, and choose “Schedule…”."
        />
      ) : null}
      {data && data.schedules.length > 0 ? (
        <Table aria-label="Reports by mail">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Report</Table.Th>
              <Table.Th>When</Table.Th>
              <Table.Th>To</Table.Th>
              <Table.Th>Next</Table.Th>
              <Table.Th>Last</Table.Th>
              <Table.Th aria-label="What can be done" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.schedules.map((schedule) => (
              <Row key={schedule.id} schedule={schedule} timeZone={data.timeZone} onAsk={setAsked} />
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      {asked?.what === 'edit' ? (
        <ScheduleDialog
          what={wordsOf(asked.schedule.content)}
          content={asked.schedule.content}
          schedule={asked.schedule}
          name={asked.schedule.name}
          onClose={close}
        />
      ) : null}
      {asked?.what === 'mails' ? <MailHistory schedule={asked.schedule} onClose={close} /> : null}
      {asked?.what === 'delete' ? (
        <AskDialog
          title={`Delete “${asked.schedule.name}”?`}
          yes="Delete"
          isPending={remove.isPending}
          onYes={() =>
            remove.mutate(asked.schedule, {
              onSuccess: close,
              onError: (failure) => toastError('It was not deleted', failure),
            })
          }
          onClose={close}
        >
          It comes to nobody any more. Mails that were sent stay where they are. To stop it for a while, pause it.
        </AskDialog>
      ) : null}
    </Section>
  );
}

interface RowProps {
  schedule: ReportSchedule;
  timeZone: string;
  onAsk: (asked: Asked) => void;
}

function Row({ schedule, timeZone, onAsk }: RowProps) {
  const me = useMe().user;
  const wordsOf = useContentWords();
  const update = useUpdateSchedule();
  const leave = useLeaveSchedule();
  const send = useSendNow();
  const { name, owner, recipients, nextAt, paused, lastMails, mayEdit } = schedule;
  const [last] = lastMails;
  const isMine = recipients.some(({ userId }) => userId === me.id);
  const failed = (title: string) => ({ onError: (error: Error) => toastError(title, error) });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {wordsOf(schedule.content)}
          {owner.userId === me.id ? '' : `, by ${owner.name}`}
        </Text>
      </Table.Td>
      <Table.Td>{whenWords(schedule)}</Table.Td>
      <Table.Td title={recipients.map((each) => each.name).join(', ')}>{recipientWords(recipients)}</Table.Td>
      <Table.Td>{paused ? 'Paused' : formatInstant(nextAt, timeZone)}</Table.Td>
      <Table.Td title={last?.error ?? undefined}>
        {last === undefined
          ? 'None yet'
          : `${MAIL_STATE_WORDS[last.state]}${last.sentAt ? `, ${formatInstant(last.sentAt, timeZone)}` : ''}`}
      </Table.Td>
      <Table.Td ta="right">
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon size={24} aria-label={`What can be done with ${name}`}>
              <IconDots size={15} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() =>
                send.mutate(schedule.id, {
                  onSuccess: () => toast(`“${name}” is on its way to you`),
                  ...failed('It could not be sent'),
                })
              }
            >
              Send it to me now
            </Menu.Item>
            <Menu.Item onClick={() => onAsk({ what: 'mails', schedule })}>Mails that were sent</Menu.Item>
            {mayEdit ? (
              <>
                <Menu.Item onClick={() => onAsk({ what: 'edit', schedule })}>Change…</Menu.Item>
                <Menu.Item
                  onClick={() =>
                    update.mutate({ ...givenOf(schedule), paused: !paused }, failed('It stayed as it was'))
                  }
                >
                  {paused ? 'Go on sending it' : 'Pause'}
                </Menu.Item>
              </>
            ) : null}
            {isMine && recipients.length > 1 ? (
              <Menu.Item
                onClick={() =>
                  leave.mutate(schedule.id, {
                    onSuccess: () => toast(`“${name}” comes to you no more`),
                    ...failed('It stayed as it was'),
                  })
                }
              >
                I want it no more
              </Menu.Item>
            ) : null}
            {mayEdit ? <Menu.Item onClick={() => onAsk({ what: 'delete', schedule })}>Delete…</Menu.Item> : null}
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
