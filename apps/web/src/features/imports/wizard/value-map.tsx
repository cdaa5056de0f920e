import { Button, Group, Popover, ScrollArea, Select, Stack, Text } from '@mantine/core';
import type { FactOption } from '@steward/shared/fact-fields';
import type { ColumnMapping } from '@steward/shared/imports';
import { plural } from '../../../lib/format.js';

interface ValueMapButtonProps {
  column: ColumnMapping;
  options: readonly FactOption[];
  /** Spellings of the file that are none of the field's values. */
  unknown: readonly string[];
  onChange: (column: ColumnMapping) => void;
}

const NO_VALUE = ' none';
const UNDECIDED = ' undecided';

/** Says what the file's own words mean: "Retained" is a customer. */
export function ValueMapButton({ column, options, unknown, onChange }: ValueMapButtonProps) {
  const map = column.valueMap ?? {};
  const rows = [...new Set([...unknown, ...Object.keys(map)])];
  const open = unknown.filter((value) => map[value] === undefined).length;
  if (rows.length === 0) return <Text size="xs">all values known</Text>;
  const set = (value: string, to: string | null) => {
    const { [value]: _, ...rest } = map;
    onChange({ ...column, valueMap: to === UNDECIDED ? rest : { ...rest, [value]: to === NO_VALUE ? null : to } });
  };
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant={open > 0 ? 'light' : 'default'} size="compact-xs">
          {open > 0 ? plural(open, 'unknown value') : 'Values'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={320} type="auto">
          <Stack gap="xs">
            {rows.map((value) => (
              <Group key={value} wrap="nowrap" justify="space-between">
                <Text size="sm" maw={170} truncate title={value}>
                  {value}
                </Text>
                <Select
                  aria-label={`What ${value} means`}
                  w={170}
                  comboboxProps={{ withinPortal: false }}
                  data={[
                    { value: UNDECIDED, label: 'rejects the row' },
                    { value: NO_VALUE, label: 'no value' },
                    ...options.map((option) => ({ value: option.value, label: option.label })),
                  ]}
                  value={map[value] === undefined ? UNDECIDED : (map[value] ?? NO_VALUE)}
                  onChange={(to) => set(value, to)}
                />
              </Group>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
