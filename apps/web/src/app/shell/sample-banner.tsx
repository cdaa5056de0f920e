import { IconHistory } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { meQuery } from '../../lib/me.js';
import classes from './shell.module.css';

const POLL_MS = 2_000;

/** Says that numbers still move while the sample company's past is made; when it is there, every screen asks anew. */
export function SampleBanner() {
  const queryClient = useQueryClient();
  const { data: isUnderWay = false } = useQuery({
    ...meQuery,
    select: ({ workspace }) => workspace.samplePastUnderWay,
    refetchInterval: ({ state }) => (state.data?.workspace.samplePastUnderWay ? POLL_MS : false),
  });
  useEffect(() => {
    if (!isUnderWay) return;
    return () => void queryClient.invalidateQueries();
  }, [isUnderWay, queryClient]);
  if (!isUnderWay) return null;
  return (
    <div className={classes.banner} role="status">
      <IconHistory size={15} aria-hidden />
      <span>
        The last 90 days of the sample company are being lived through: its alerts, goals and tasks come and go for a
        minute or two.
      </span>
    </div>
  );
}
