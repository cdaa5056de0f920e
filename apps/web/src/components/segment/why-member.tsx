import { Skeleton } from '@mantine/core';
import { describeRule } from '@steward/shared/describe';
import { leavesOf } from '@steward/shared/rules';
import type { Segment } from '@steward/shared/segments';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { errorText } from '../../lib/api.js';
import { fieldOf, useCatalogue, usePlaybookNames } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { fieldValueText } from '../../lib/field-value.js';
import { useCurrency } from '../../lib/me.js';
import { useSegments } from '../../lib/segments.js';
import { segmentWhyQuery } from './get-why.js';
import classes from './why-member.module.css';

interface WhyMemberProps {
  segment: Pick<Segment, 'id' | 'rule'>;
  accountId: string;
}

/** Each condition of the segment over the account, whether it holds, and the value that it reads. */
export function WhyMember({ segment, accountId }: WhyMemberProps) {
  const { data, error } = useQuery(segmentWhyQuery(segment.id, accountId));
  const catalogue = useCatalogue();
  const segments = useSegments();
  const playbooks = usePlaybookNames();
  const currency = useCurrency();
  if (error) return <p className={classes.note}>{errorText(error)}</p>;
  if (!data) return <Skeleton h={64} />;
  return (
    <>
      <ul className={classes.leaves}>
        {leavesOf(segment.rule).map((leaf, place) => {
          const found = data.leaves[place];
          if (found === undefined) return null;
          const { holds, field, value } = found;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions are told by their place in the rule
            <li key={place} className={classes.leaf}>
              <span
                className={holds ? classes.holds : classes.not}
                role="img"
                aria-label={holds ? 'holds' : 'does not hold'}
              >
                {holds ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
              </span>
              <span>{describeRule(leaf, catalogue, segments, playbooks)}</span>
              {field === null ? null : (
                <span className={`${classes.value} tabular`}>
                  {value === null ? 'not set' : fieldValueText(fieldOf(catalogue, field), value, currency)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {data.exclusion ? (
        <p className={classes.note}>
          Kept out{data.exclusion.by ? ` by ${data.exclusion.by}` : ''}
          {data.exclusion.untilDay ? ` until ${formatDay(data.exclusion.untilDay)}` : ''}: {data.exclusion.reason}
        </p>
      ) : null}
      {data.exclusion === null && data.holds !== data.isMember ? (
        <p className={classes.note}>
          {data.holds ? 'It comes in with its next computation.' : 'It goes with its next computation.'}
        </p>
      ) : null}
    </>
  );
}
