/** A form in a dialog that writes to the schedule: what was typed stays until it is stored. */
import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { WriteProblem } from '../WriteProblem.tsx';
import { type FormWrite, WriteForm } from './WriteForm.tsx';

interface Write extends FormWrite {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly reset: () => void;
}

export interface FormDialogProps {
  readonly courseId: number;
  readonly title: string;
  readonly onClose: () => void;
  readonly save: Write;
  /** False while something is missing or wrong. */
  readonly ready: boolean;
  /** Takes away what the form is about; absent where that is new. */
  readonly remove?: Write & { readonly label: string };
  readonly children: ReactNode;
}

export const FormDialog = ({ courseId, title, onClose, save, ready, remove, children }: FormDialogProps) => {
  const failed = remove?.error ? remove : save;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <WriteForm save={save}>
        {children}
        <WriteProblem courseId={courseId} error={failed.error} onLoaded={failed.reset} />
        <Group justify="space-between" gap="xs">
          <div>
            {remove && (
              <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
                {remove.label}
              </Button>
            )}
          </div>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!ready}>
              Save
            </Button>
          </Group>
        </Group>
      </WriteForm>
    </Modal>
  );
};
