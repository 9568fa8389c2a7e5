/** A person makes a challenger the champion, with a reason; what speaks against it is said before. */
import { Alert, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ReasonDialog } from './ReasonDialog.tsx';

export interface ChampionDialogProps {
  readonly title: string;
  readonly explanation: string;
  /** Words of the button. */
  readonly confirm: string;
  /** What is chosen: "Solver". */
  readonly label: string;
  readonly names: readonly string[];
  readonly champion: string;
  /** Who was shown to be better than the champion. */
  readonly proven: readonly string[];
  /** Said of a choice that was not: "… has not been shown to be better." */
  readonly unproven: (name: string) => string;
  /** Anything else to know about a choice. */
  readonly note?: (name: string) => ReactNode;
  readonly onChoose: (name: string, reason: string) => Promise<unknown>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export const ChampionDialog = (props: ChampionDialogProps) => {
  const { champion, names, proven, onChoose, onClose } = props;
  const [name, setName] = useState<string | null>(null);
  const chosen = name ?? champion;
  const change = useMutation({ mutationFn: (reason: string) => onChoose(chosen, reason), onSuccess: onClose });
  const note = chosen === champion ? null : props.note?.(chosen);
  return (
    <ReasonDialog
      opened={props.opened}
      onClose={() => {
        change.reset();
        onClose();
      }}
      title={props.title}
      explanation={props.explanation}
      confirm={props.confirm}
      confirmDisabled={chosen === champion}
      busy={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate(reason)}
    >
      <Select
        label={props.label}
        allowDeselect={false}
        data={names.map((one) => ({ value: one, label: one === champion ? `${one} (now)` : one }))}
        value={chosen}
        onChange={setName}
      />
      {chosen !== champion && !proven.includes(chosen) && <Alert color="yellow">{props.unproven(chosen)}</Alert>}
      {note && <Alert color="blue">{note}</Alert>}
    </ReasonDialog>
  );
};

/** The challengers that a comparison found better. */
export const provenBetter = (
  verdicts: readonly { readonly challenger: string; readonly verdict: string }[],
): readonly string[] => verdicts.flatMap(({ challenger, verdict }) => (verdict === 'better' ? [challenger] : []));
