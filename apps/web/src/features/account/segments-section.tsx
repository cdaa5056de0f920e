import { UnstyledButton } from '@mantine/core';
import type { AccountSegments } from '@steward/shared/segments';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { WhyMember } from '../../components/segment/why-member.js';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import classes from './account-side.module.css';

/** GET /accounts/:id/segments: as of a day; without a day, as it is now. */
const accountSegmentsQuery = (id: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['account', id, 'segments', asOf ?? null],
    queryFn: async ({ signal }) =>
      (await request<AccountSegments>('GET', `/accounts/${id}/segments`, { query: { asOf }, signal })).segments,
  });

interface SegmentsSectionProps {
  accountId: string;
  asOf: string | undefined;
}

/** The segments that the account is in, each with why; on an earlier day since when, for a rule is kept as it is now. */
export function SegmentsSection({ accountId, asOf }: SegmentsSectionProps) {
  const { data } = useQuery(accountSegmentsQuery(accountId, asOf));
  const [open, setOpen] = useState<string | null>(null);
  if (data === undefined || (data.length === 0 && asOf === undefined)) return null;
  return (
    <section aria-label="Segments">
      <h2 className={classes.title}>Segments</h2>
      {data.length === 0 ? (
        <p className={classes.dim} style={{ margin: 0 }}>
          In none whose members were kept on that day.
        </p>
      ) : null}
      <ul className={classes.plain}>
        {data.map((segment) => (
          <li key={segment.id} style={{ display: 'block' }}>
            <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
              <Link to="/segments/$segmentId" params={{ segmentId: segment.id }}>
                {segment.name}
              </Link>
              {asOf === undefined ? (
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
              ) : (
                <span className={classes.right}>since {formatDay(segment.sinceDay)}</span>
              )}
            </span>
            {asOf === undefined && open === segment.id ? <WhyMember segment={segment} accountId={accountId} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
