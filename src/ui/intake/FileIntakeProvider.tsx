import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useWorkbench } from '../../app/useStore.ts';
import { assert } from '../../util/assert.ts';
import { FileIntake } from './fileIntake.ts';

const IntakeContext = createContext<FileIntake | undefined>(undefined);

/** The page into which files come. */
export function FileIntakeProvider({ children }: { readonly children: ReactNode }) {
  const workbench = useWorkbench();
  const [intake] = useState(() => new FileIntake((refusal) => workbench.tell(refusal)));
  useEffect(() => intake.listen(window), [intake]);
  return <IntakeContext value={intake}>{children}</IntakeContext>;
}

export function useFileIntake(): FileIntake {
  const intake = useContext(IntakeContext);
  assert(intake, 'files come into a page');
  return intake;
}
