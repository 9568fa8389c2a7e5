/** A form in a dialog that writes to the schedule: what was typed stays until it is stored. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { WriteProblem } from '../WriteProblem.tsx';

export interface FormDialogProps {
  readonly courseId: number;
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly write: { readonly isPending: boolean; readonly error: unknown; readonly reset: () => void };
  readonly ready: boolean;
  /** Beside the buttons: removing what the form is about. */
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

export const FormDialog = ({ courseId, title, onClose, onSubmit, write, ready, extra, children }: FormDialogProps) => (
  <Modal opened onClose={onClose} title={title} size="lg">
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack gap="sm">
        {children}
        <WriteProblem courseId={courseId} error={write.error} onLoaded={write.reset} />
        <Group justify="space-between" gap="xs">
          <div>{extra}</div>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={write.isPending} disabled={!ready}>
              Save
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  </Modal>
);
