import { Button, Collapse, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ImportPreview } from '@steward/shared/import-api';

/** The first rows as they stand in the file. */
export function FileSample({ preview }: { preview: ImportPreview }) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button variant="subtle" color="gray" size="compact-xs" aria-expanded={opened} onClick={toggle}>
        {opened ? 'Hide the first rows' : 'Show the first rows'}
      </Button>
      <Collapse expanded={opened}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
        <section style={{ overflow: 'auto', maxHeight: 320 }} tabIndex={0} aria-label="First rows of the file">
          <Table fz="xs" withTableBorder>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">Line</Table.Th>
                {preview.headers.map((header) => (
                  <Table.Th key={header.name}>
                    {header.name}
                    {header.renamed ? ` (${header.renamed === 'empty' ? 'had no name' : 'twice in the file'})` : ''}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {preview.rows.map((row) => (
                <Table.Tr key={row.line}>
                  <Table.Td ta="right" c="dimmed">
                    {row.line}
                  </Table.Td>
                  {row.problem ? (
                    <Table.Td colSpan={preview.headers.length}>{row.problem}</Table.Td>
                  ) : (
                    row.cells.map((cell, index) => (
                      <Table.Td key={preview.headers[index]?.name ?? index} style={{ whiteSpace: 'nowrap' }}>
                        {cell}
                      </Table.Td>
                    ))
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      </Collapse>
    </div>
  );
}
