import { Checkbox } from '@mantine/core';
import { createContext, useContext } from 'react';
import { plural } from '../../lib/format.js';

export interface SelectAllState {
  /** Null while it is not known how many match. */
  total: number | null;
  selected: 'none' | 'some' | 'all';
  onToggle: () => void;
}

/** The header cell is drawn by the grid, which hands it no props that change; the page reaches it this way. */
export const SelectAllContext = createContext<SelectAllState>({ total: null, selected: 'none', onToggle: () => {} });

export function SelectAllHeader() {
  const { total, selected, onToggle } = useContext(SelectAllContext);
  const label = total === null ? 'Select all that match' : `Select all: ${plural(total, 'account')} that match`;
  return (
    <Checkbox
      aria-label={label}
      title={label}
      checked={selected === 'all'}
      indeterminate={selected === 'some'}
      disabled={total === 0}
      onChange={onToggle}
      size="16px"
      radius="4px"
    />
  );
}
