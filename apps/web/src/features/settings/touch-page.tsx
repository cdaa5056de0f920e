import { Button, Skeleton, Table, UnstyledButton } from '@mantine/core';
import type { TouchTemplate } from '@steward/shared/touch-templates';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pulseReasonsQuery } from '../../components/judgement/set-pulse.js';
import { TOUCH_WORDS } from '../../components/touch/touch-words.js';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { useMe } from '../../lib/me.js';
import { PulseReasonsForm } from './pulse-reasons-form.js';
import { TemplateDialog } from './template-dialog.js';
import { touchTemplatesQuery, useDeleteTemplate } from './touch-templates.js';

/** Texts for touches, and the reasons that a pulse is given with. */
export function TouchPage() {
  const reasons = useQuery(pulseReasonsQuery);
  return (
    <>
      <Templates />
      {reasons.error ? (
        <LoadFailed title="The reasons could not be loaded" error={reasons.error} onRetry={reasons.refetch} />
      ) : null}
      {reasons.data ? <PulseReasonsForm list={reasons.data} /> : null}
      {reasons.data || reasons.error ? null : <Skeleton h={200} mt="lg" />}
    </>
  );
}

function Templates() {
  const mayWrite = useMe().permissions.includes('touchpoints:write');
  const { data, error, refetch } = useQuery(touchTemplatesQuery);
  const [open, setOpen] = useState<TouchTemplate | 'new' | null>(null);
  const [deleting, setDeleting] = useState<TouchTemplate | null>(null);
  const remove = useDeleteTemplate();
  return (
    <Section
      title="Templates for touches"
      note="Filled with what is known of the account and its contact"
      aside={
        mayWrite ? (
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>
            New template
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="Templates could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={120} />}
      {data?.length === 0 ? (
        <EmptyState
          title="No templates yet"
          text="Texts that you write again and again: a kick-off, a check-in, a renewal."
        />
      ) : null}
      {data && data.length > 0 ? (
        <Table aria-label="Templates for touches">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>For</Table.Th>
              <Table.Th>Offered on</Table.Th>
              <Table.Th>Who may use it</Table.Th>
              <Table.Th aria-label="Removal" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((template) => (
              <Table.Tr key={template.id}>
                <Table.Td>
                  {template.mayEdit ? (
                    <UnstyledButton fz="sm" fw={500} mih={24} onClick={() => setOpen(template)}>
                      {template.name}
                    </UnstyledButton>
                  ) : (
                    template.name
                  )}
                </Table.Td>
                <Table.Td>{TOUCH_WORDS[template.kind]}</Table.Td>
                <Table.Td>
                  {template.segmentId === null
                    ? 'every account'
                    : (template.segmentName ?? 'nothing: its segment is gone')}
                </Table.Td>
                <Table.Td>
                  {template.visibility === 'shared' ? `everybody, by ${template.owner.name}` : 'only you'}
                </Table.Td>
                <Table.Td ta="right">
                  {template.mayEdit ? (
                    <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setDeleting(template)}>
                      Delete
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
      {open ? <TemplateDialog template={open === 'new' ? null : open} onClose={() => setOpen(null)} /> : null}
      {deleting ? (
        <AskDialog
          title={`Delete “${deleting.name}”?`}
          yes="Delete"
          isPending={remove.isPending}
          onYes={() => remove.mutate(deleting, { onSuccess: () => setDeleting(null) })}
          onClose={() => setDeleting(null)}
        >
          Touches that were written with it stay as they are.
        </AskDialog>
      ) : null}
    </Section>
  );
}
