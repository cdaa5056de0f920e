import { Button, Group, TagsInput, UnstyledButton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './account-side.module.css';
import { useEditAccount } from './edit-account.js';
import inline from './inline-edit.module.css';

const LONGEST = 60;
const MOST = 50;

interface AccountTagsProps {
  account: AccountDetail;
  /** Where they come from, said on hover. */
  source: string | undefined;
}

/** The tags of an account, which a click opens for editing. */
export function AccountTags({ account, source }: AccountTagsProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <TagsForm account={account} onClose={() => setOpen(false)} />;
  return (
    <UnstyledButton className={inline.value} title={source} aria-label="Edit Tags" onClick={() => setOpen(true)}>
      {account.tags.length === 0 ? <span className={classes.dim}>none</span> : account.tags.join(', ')}
      <IconPencil size={12} className={inline.pencil} aria-hidden />
    </UnstyledButton>
  );
}

function TagsForm({ account, onClose }: { account: AccountDetail; onClose: () => void }) {
  const edit = useEditAccount(account.id);
  const [tags, setTags] = useState(account.tags);
  const save = () => {
    onClose();
    if (tags.join('\n') === account.tags.join('\n')) return;
    edit.mutate({ change: { tags }, before: { tags: account.tags }, said: 'Tags changed' });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <TagsInput
        aria-label="Tags"
        size="xs"
        autoFocus
        placeholder="Enter after each"
        splitChars={[',', ';', '\n', '\t']}
        acceptValueOnBlur
        maxTags={MOST}
        maxLength={LONGEST}
        value={tags}
        onChange={setTags}
      />
      <Group gap={6} mt={6} justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button size="compact-xs" type="submit">
          Save
        </Button>
      </Group>
    </form>
  );
}
