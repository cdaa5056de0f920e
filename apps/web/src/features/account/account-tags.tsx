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
  const { tags } = account;
  return (
    <UnstyledButton
      className={inline.value}
      title={source}
      aria-label={`Edit Tags: ${tags.length === 0 ? 'none' : tags.join(', ')}`}
      onClick={() => setOpen(true)}
    >
      {tags.length === 0 ? <span className={classes.dim}>none</span> : tags.join(', ')}
      <IconPencil size={12} className={inline.pencil} aria-hidden />
    </UnstyledButton>
  );
}

function TagsForm({ account, onClose }: { account: AccountDetail; onClose: () => void }) {
  const edit = useEditAccount(account.id);
  const [opened] = useState(account.tags);
  const [tags, setTags] = useState(opened);
  const [typed, setTyped] = useState('');
  const wanted = cleaned([...tags, typed]);
  const problem = problemOf(wanted);
  const save = () => {
    if (problem !== null || edit.isPending) return;
    // What others have added or removed meanwhile stays as they left it.
    const added = wanted.filter((tag) => !opened.includes(tag));
    const removed = opened.filter((tag) => !wanted.includes(tag));
    if (added.length + removed.length === 0) return onClose();
    const next = cleaned([...account.tags.filter((tag) => !removed.includes(tag)), ...added]);
    const said = { change: { tags: next }, before: { tags: account.tags }, said: 'Tags changed' };
    edit.mutate(said, { onSuccess: onClose });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          save();
        }
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
        value={tags}
        onChange={(next) => setTags(cleaned(next))}
        searchValue={typed}
        onSearchChange={setTyped}
        error={problem}
      />
      <Group gap={6} mt={6} justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button size="compact-xs" type="submit" loading={edit.isPending} disabled={problem !== null}>
          Save
        </Button>
      </Group>
    </form>
  );
}

/** Without blanks around them, empty ones and repetitions. */
const cleaned = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== '')),
];

function problemOf(tags: readonly string[]): string | null {
  if (tags.length > MOST) return `At most ${MOST} tags`;
  const long = tags.find((tag) => tag.length > LONGEST);
  return long === undefined ? null : `“${long.slice(0, 20)}…” is longer than ${LONGEST} characters`;
}
