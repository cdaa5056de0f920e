import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReportContent } from '@steward/shared/report-schedules';
import { IconMail } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';

const ScheduleDialog = lazy(() =>
  import('./schedule-dialog.js').then((module) => ({ default: module.ScheduleDialog })),
);

interface ScheduleButtonProps {
  what: string;
  name: string;
  content: ReportContent;
}

/** Has what the page shows come by mail, again and again. */
export function ScheduleButton(props: ScheduleButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconMail size={14} aria-hidden />} onClick={open}>
        Schedule…
      </Button>
      {opened ? (
        <Suspense fallback={null}>
          <ScheduleDialog {...props} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}
