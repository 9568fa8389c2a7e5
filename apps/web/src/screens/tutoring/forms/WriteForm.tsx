/** The frame of a form that writes to the schedule: Enter and the button send it, and faults are told beside the fields. */
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** What of `useScheduleWrite` sends a form. */
export interface FormWrite {
  readonly mutate: (input: undefined) => void;
}

export interface WriteFormProps {
  readonly save: FormWrite;
  readonly children: ReactNode;
}

export const WriteForm = ({ save, children }: WriteFormProps) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      save.mutate(undefined);
    }}
  >
    <Stack gap="sm">{children}</Stack>
  </form>
);
