import { TagsInput } from '@mantine/core';
import type { BulkChange } from '@steward/shared/bulk';
import { useState } from 'react';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

const LONGEST = 60;
const MOST_AT_ONCE = 10;

interface TagDialogProps extends BulkDialogProps {
  /** Tags that some of the accounts have, as far as that is known here. */
  known: readonly string[];
  onChange: (change: Extract<BulkChange, { kind: 'tag' }>) => void;
}

export function TagDialog({ known, onChange, ...frame }: TagDialogProps) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const both = add.filter((tag) => remove.includes(tag));
  return (
    <BulkDialog
      {...frame}
      title="Add and remove tags"
      yes="Tag"
      ready={add.length + remove.length > 0 && both.length === 0}
      onYes={() => onChange({ kind: 'tag', add, remove })}
    >
      <TagsInput
        label="Add"
        description="Press Enter after each tag"
        data-autofocus
        data={[...known]}
        maxTags={MOST_AT_ONCE}
        maxLength={LONGEST}
        value={add}
        onChange={setAdd}
        acceptValueOnBlur
      />
      <TagsInput
        label="Remove"
        data={[...known]}
        maxTags={MOST_AT_ONCE}
        maxLength={LONGEST}
        value={remove}
        onChange={setRemove}
        acceptValueOnBlur
        error={both.length > 0 ? `${both.join(', ')} cannot be added and removed at once` : undefined}
      />
    </BulkDialog>
  );
}
