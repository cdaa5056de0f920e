import { Button, Table } from '@mantine/core';
import type { ImportRejection } from '@steward/shared/imports';
import { IconDownload } from '@tabler/icons-react';
import { Section } from '../../components/ui/section.js';
import { toastError } from '../../components/ui/toast.js';
import { download } from '../../lib/api.js';
import { formatNumber, NONE, plural } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';

const VALUE_SHOWN = 200;

interface RejectionsProps {
  importId: string;
  rejections: readonly ImportRejection[];
  /** All rejected rows, of which the list shows the first. */
  total: number;
  /** The file was imported; otherwise it was only checked. */
  imported: boolean;
}

/** Each rejected row with its line, column, value and reason; all of them as a file with the original columns. */
export function Rejections({ importId, rejections, total, imported }: RejectionsProps) {
  const file = useMutation({
    mutationFn: () => download('GET', `/imports/${importId}/rejected.csv`, 'rejected.csv'),
    onError: (error) => toastError('The file could not be made', error),
  });
  if (total === 0) return null;
  return (
    <Section
      title="Rejected rows"
      note={rejectedText(total, rejections, imported)}
      aside={
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={file.isPending}
          title="The rows with their own columns and what is wrong with each: mend the cells and import the file"
          onClick={() => file.mutate()}
        >
          Download to mend
        </Button>
      }
    >
      <Table.ScrollContainer minWidth={640} type="native">
        <Table aria-label="Rejected rows">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right" w={70}>
                Line
              </Table.Th>
              <Table.Th w="18%">Column</Table.Th>
              <Table.Th w="35%">Value</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rejections.map((each) => (
              <Table.Tr key={`${each.line} ${each.column} ${each.code}`}>
                <Table.Td ta="right" className="tabular">
                  {each.line}
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{each.column ?? 'The whole row'}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{shortened(each.value) || NONE}</Table.Td>
                <Table.Td>{each.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

/** How many rows are left out, and that the others are not. */
export function rejectedText(total: number, shown: readonly ImportRejection[], imported: boolean): string {
  const said = imported
    ? `${plural(total, 'row was', 'rows were')} left out, the others are in.`
    : `${plural(total, 'row', 'rows')} would be left out, the others taken.`;
  const lines = new Set(shown.map(({ line }) => line)).size;
  return lines < total ? `${said} The first ${formatNumber(lines)}:` : said;
}

/** A cell can hold pages of text; the file has all of it. */
function shortened(value: string | null): string | null {
  return value !== null && value.length > VALUE_SHOWN ? `${value.slice(0, VALUE_SHOWN)}…` : value;
}
