/** "Who are you": until accounts exist a person says it, and the server keeps it with what they decide. */
import { Button, Drawer, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserCircle } from '@tabler/icons-react';
import { PersonForm } from './PersonForm.tsx';
import { useSession } from './session.tsx';

export const PersonPicker = () => {
  const { person } = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const said = person?.name ?? 'Who are you?';
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        px={6}
        onClick={open}
        leftSection={<IconUserCircle size={20} aria-hidden />}
        aria-label={person === null ? said : `${said}: change who you are`}
        styles={{ section: { marginInlineEnd: 6 } }}
      >
        <Text span size="sm" truncate maw={140} visibleFrom="xs">
          {said}
        </Text>
      </Button>
      <Drawer opened={opened} onClose={close} position="right" size="sm" title="Who are you?">
        <PersonForm onDone={close} />
      </Drawer>
    </>
  );
};
