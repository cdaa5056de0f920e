import { Button, Skeleton, Table, Text } from '@mantine/core';
import type { ReportSchedule } from '@steward/shared/report-schedules';
import { useQuery } from '@tanstack/react-query';
import { formatDay, formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { Dialog } from '../ui/dialog.js';
import { LoadFailed } from '../ui/load-failed.js';
import { toastError } from '../ui/toast.js';
import { MAIL_STATE_WORDS, mayRepeat } from './schedule-words.js';
import { mailsQuery, useRepeatMail } from './schedules.js';

/** Mails of a report, and what became of them; what did not go out is sent once more. */
export function MailHistory({ schedule, onClose }: { schedule: ReportSchedule; onClose: () => void }) {
  const { timeZone } = useMe().workspace;
  const { data, error, refetch } = useQuery(mailsQuery(schedule.id));
  const repeat = useRepeatMail();
  return (
    <Dialog onClose={onClose} title={`Mails of “${schedule.name}”`} size="lg">
      {error ? <LoadFailed title="Mails could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={120} />}
      {data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing was sent yet.
        </Text>
      ) : null}
      {data && data.length > 0 ? (
        <Table aria-label="Mails">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Of the day</Table.Th>
              <Table.Th>To</Table.Th>
              <Table.Th>What became of it</Table.Th>
              <Table.Th aria-label="Once more" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((mail) => (
              <Table.Tr key={mail.id}>
                <Table.Td>
                  {formatDay(mail.day)}
                  {mail.isExtra ? ', by hand' : ''}
                </Table.Td>
                <Table.Td>{mail.user.name}</Table.Td>
                <Table.Td>
                  {MAIL_STATE_WORDS[mail.state]}
                  {mail.sentAt ? `, ${formatInstant(mail.sentAt, timeZone)}` : ''}
                  {mail.error ? (
                    <Text size="xs" c="dimmed">
                      {mail.error}
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td ta="right">
                  {schedule.mayEdit && mayRepeat(mail.state) ? (
                    <Button
                      variant="default"
                      size="compact-xs"
                      loading={repeat.isPending}
                      onClick={() =>
                        repeat.mutate(
                          { id: schedule.id, mailId: mail.id },
                          { onError: (failure) => toastError('It was not sent again', failure) },
                        )
                      }
                    >
                      Send again
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
    </Dialog>
  );
}
