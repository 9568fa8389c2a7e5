/** Takes files by drop or by the file dialog. */
import { Button, Group, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import classes from './DropZone.module.css';

export interface DropZoneProps {
  /** Name of the file input, read aloud: "Files to import". */
  readonly label: string;
  /** What may be dropped. */
  readonly hint: ReactNode;
  /** Several files at once. Default: one, the first that is dropped. */
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export const DropZone = ({ label, hint, multiple = false, onFiles }: DropZoneProps) => {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files].slice(0, multiple ? undefined : 1);
    if (files.length > 0) onFiles(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the button does the same for keys
    <div
      className={classes['zone']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group gap="sm" justify="center">
        <Button
          variant="default"
          leftSection={<IconUpload size={16} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {multiple ? 'Choose files' : 'Choose a file'}
        </Button>
        <Text size="sm" c="dimmed">
          {multiple ? 'or drop them here' : 'or drop it here'}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" ta="center" mt={6}>
        {hint}
      </Text>
      <input
        ref={input}
        type="file"
        multiple={multiple}
        hidden
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file can be chosen again after it was taken out.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </div>
  );
};
