import { ActionIcon, Menu } from '@mantine/core';
import type { Segment } from '@steward/shared/segments';
import { IconCopy, IconDots, IconLock, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { toast } from '../../components/ui/toast.js';
import { useMe } from '../../lib/me.js';
import { useCopySegment, useRemoveSegment, useShareSegment } from './change-segments.js';

interface SegmentMenuProps {
  segment: Segment;
  onRemoved?: () => void;
}

/** What a person may do with a segment: all may copy it, its owner and admins change it. */
export function SegmentMenu({ segment, onRemoved }: SegmentMenuProps) {
  const mayWrite = useMe().permissions.includes('segments:write');
  const [removing, setRemoving] = useState(false);
  const share = useShareSegment();
  const copy = useCopySegment();
  const remove = useRemoveSegment();
  const shared = segment.visibility === 'shared';
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${segment.name}`}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {segment.mayEdit ? (
            <Menu.Item
              component={Link}
              to={`/segments/${segment.id}/edit`}
              leftSection={<IconPencil size={14} aria-hidden />}
            >
              Edit
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => copy.mutate(segment)}>
            Copy
          </Menu.Item>
          {segment.mayEdit && segment.owner !== null ? (
            <Menu.Item
              leftSection={shared ? <IconLock size={14} aria-hidden /> : <IconUsers size={14} aria-hidden />}
              onClick={() => share.mutate({ segment, visibility: shared ? 'private' : 'shared' })}
            >
              {shared ? 'Make private' : 'Share with everyone'}
            </Menu.Item>
          ) : null}
          {segment.mayEdit ? (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setRemoving(true)}>
                Delete…
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {removing ? (
        <AskDialog
          title={`Delete “${segment.name}”?`}
          yes="Delete"
          typed={segment.name}
          isPending={remove.isPending}
          onYes={() =>
            remove.mutate(segment.id, {
              onSuccess: () => {
                toast(`“${segment.name}” is deleted`);
                setRemoving(false);
                onRemoved?.();
              },
            })
          }
          onClose={() => setRemoving(false)}
        >
          Its members, who came and went, and who was kept out go with it. Nothing brings them back. The accounts stay.
        </AskDialog>
      ) : null}
    </>
  );
}
