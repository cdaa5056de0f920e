import { UnstyledButton } from '@mantine/core';
import type { AccountSegments } from '@steward/shared/segments';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { WhyMember } from '../../components/segment/why-member.js';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import classes from './account-side.module.css';

/** GET /accounts/:id/segments */
const accountSegmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'segments'],
    queryFn: async ({ signal }) =>
      (await request<AccountSegments>('GET', `/accounts/${id}/segments`, { signal })).segments,
  });

/** The segments that the account is in, each with why. */
export function SegmentsSection({ accountId }: { accountId: string }) {
  const { data } = useQuery(accountSegmentsQuery(accountId));
  const [open, setOpen] = useState<string | null>(null);
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-label="Segments">
      <h2 className={classes.title}>Segments</h2>
      <ul className={classes.plain}>
        {data.map((segment) => (
          <li key={segment.id} style={{ display: 'block' }}>
            <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
              <Link to="/segments/$segmentId" params={{ segmentId: segment.id }}>
                {segment.name}
              </Link>
              <span className={classes.right} title={`Since ${formatDay(segment.sinceDay)}`}>
                <UnstyledButton
                  fz={12.5}
                  c="dimmed"
                  mih={24}
                  aria-expanded={open === segment.id}
                  aria-label={`Why it is in ${segment.name}`}
                  onClick={() => setOpen(open === segment.id ? null : segment.id)}
                >
                  why
                </UnstyledButton>
              </span>
            </span>
            {open === segment.id ? <WhyMember segment={segment} accountId={accountId} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
