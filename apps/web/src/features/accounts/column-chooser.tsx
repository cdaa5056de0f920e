import { ActionIcon, Button, Checkbox, Popover, Stack, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { type ColumnLayoutEntry, completeLayout, DEFAULT_LAYOUT } from '../../components/account-grid/column-layout.js';
import { columnOf } from '../../components/account-grid/columns.js';

interface ColumnChooserProps {
  layout: ColumnLayoutEntry[];
  onChange: (layout: ColumnLayoutEntry[]) => void;
}

export function ColumnChooser({ layout, onChange }: ColumnChooserProps) {
  const columns = completeLayout(layout);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon variant="default" size={30} aria-label="Choose columns">
            <IconColumns3 size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Stack gap={10} miw={180}>
          {columns.map((column) => {
            const known = columnOf(column.colId);
            return known === null || known.fixed ? null : (
              <Checkbox
                key={column.colId}
                label={known.label}
                checked={!column.hide}
                onChange={(event) => {
                  const hide = !event.currentTarget.checked;
                  onChange(columns.map((each) => (each.colId === column.colId ? { ...each, hide } : each)));
                }}
              />
            );
          })}
          <Button variant="subtle" color="gray" mt={4} onClick={() => onChange(DEFAULT_LAYOUT)}>
            Back to the usual columns
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
