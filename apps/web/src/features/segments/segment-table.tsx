import { Table, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Sparkline } from '../../components/charts/sparkline.js';
import frame from '../../components/ui/frame.module.css';
import { formatMoney, formatMoneyCompact, formatNumber, NONE } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import type { ListedSegment } from '../../lib/segments.js';
import { SegmentMarks } from './segment-marks.js';
import { SegmentMenu } from './segment-menu.js';
import classes from './segments.module.css';

/** Segments with their size, one a row. */
export function SegmentTable({ segments }: { segments: readonly ListedSegment[] }) {
  const currency = useCurrency();
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table aria-label="Segments" layout="fixed" highlightOnHover verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Segment</Table.Th>
            <Table.Th ta="right" w={92}>
              Members
            </Table.Th>
            <Table.Th w={96}>30 days</Table.Th>
            <Table.Th ta="right" w={92}>
              ARR
            </Table.Th>
            <Table.Th w={124}>Owner</Table.Th>
            <Table.Th w={116}>Used by</Table.Th>
            <Table.Th w={48}>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {segments.map((segment) => (
            <Table.Tr key={segment.id}>
              <Table.Td>
                <div className={frame.nameLine}>
                  <Link to="/segments/$segmentId" params={{ segmentId: segment.id }} className={frame.name}>
                    {segment.name}
                  </Link>
                  <SegmentMarks segment={segment} />
                </div>
                {segment.description === '' ? null : (
                  <div className={classes.description} title={segment.description}>
                    {segment.description}
                  </div>
                )}
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {formatNumber(segment.members)}
              </Table.Td>
              <Table.Td>
                <Sparkline values={segment.sizes} minSpan={4} noun="member" width={72} />
              </Table.Td>
              <Table.Td ta="right" className="tabular" title={formatMoney(segment.arrMinor, currency)}>
                {formatMoneyCompact(segment.arrMinor, currency)}
              </Table.Td>
              <Table.Td className={classes.quiet}>
                {segment.key === null ? (segment.owner?.name ?? NONE) : 'Steward'}
              </Table.Td>
              <Table.Td className={classes.quiet}>
                <UsedBy segment={segment} />
              </Table.Td>
              <Table.Td>
                <SegmentMenu segment={segment} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function UsedBy({ segment: { usedBy } }: { segment: ListedSegment }) {
  if (usedBy.length === 0) return NONE;
  const names = usedBy.map(({ name }) => name).join(', ');
  return <span title={names}>{usedBy.length === 1 ? names : formatNumber(usedBy.length)}</span>;
}
