import type { User } from '@steward/shared/access';
import type {
  CreateSchedule,
  ReportMail,
  ReportSchedule,
  ReportScheduleList,
  UpdateSchedule,
} from '@steward/shared/report-schedules';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

const KEY = ['report-schedules'] as const;

/** GET /report-schedules: one's own, those that one gets, and for admins all. */
export const schedulesQuery = queryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ signal }) => request<ReportScheduleList>('GET', '/report-schedules', { signal }),
});

/** GET /report-schedules/:id/mails: the last ones, the newest first. */
export const mailsQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEY, 'mails', id],
    queryFn: async ({ signal }) =>
      (await request<{ mails: ReportMail[] }>('GET', `/report-schedules/${id}/mails`, { signal })).mails,
    // Their states move on by themselves while one looks.
    refetchInterval: 10_000,
  });

/** GET /users: who can get a report. */
export const recipientsQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await request<{ users: User[] }>('GET', '/users', { signal })).users,
});

function useScheduleChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      // A view says how many reports show it.
      void queryClient.invalidateQueries({ queryKey: ['views'] });
      return queryClient.invalidateQueries({ queryKey: KEY });
    },
  });
}

/** POST /report-schedules */
export const useCreateSchedule = () =>
  useScheduleChange((given: CreateSchedule) => request<ReportSchedule>('POST', '/report-schedules', { body: given }));

/** PUT /report-schedules/:id */
export const useUpdateSchedule = () =>
  useScheduleChange(({ id, ...given }: UpdateSchedule & { id: string }) =>
    request<ReportSchedule>('PUT', `/report-schedules/${id}`, { body: given }),
  );

/** DELETE /report-schedules/:id?revision= */
export const useDeleteSchedule = () =>
  useScheduleChange(({ id, revision }: Pick<ReportSchedule, 'id' | 'revision'>) =>
    request<void>('DELETE', `/report-schedules/${id}`, { query: { revision } }),
  );

/** DELETE /report-schedules/:id/recipients/me */
export const useLeaveSchedule = () =>
  useScheduleChange((id: string) => request<void>('DELETE', `/report-schedules/${id}/recipients/me`));

/** POST /report-schedules/:id/send-now: to me alone. */
export const useSendNow = () =>
  useScheduleChange((id: string) => request<ReportMail>('POST', `/report-schedules/${id}/send-now`));

/** POST /report-schedules/:id/mails/:mailId/repeat */
export const useRepeatMail = () =>
  useScheduleChange(({ id, mailId }: { id: string; mailId: string }) =>
    request<ReportMail>('POST', `/report-schedules/${id}/mails/${mailId}/repeat`),
  );

/** Whole schedules are sent back: what is shown, as it may be written. */
export function givenOf(schedule: ReportSchedule): UpdateSchedule & { id: string } {
  const { id, name, content, frequency, weekday, monthDay, hour, paused, revision } = schedule;
  const recipients = schedule.recipients.map(({ userId }) => userId);
  return { id, name, content, frequency, weekday, monthDay, hour, paused, revision, recipients };
}
