import { AugmentationPreview } from './AugmentationPreview.tsx';
import { ChoiceControl } from './ChoiceControl.tsx';
import { augmentationNumbers } from './controls.ts';
import { NumberControls } from './NumberControls.tsx';

interface AugmentationProps {
  readonly isOpen: boolean;
  readonly disabled: boolean;
}

/** How training images are varied, and what comes of it. */
export function Augmentation({ isOpen, disabled }: AugmentationProps) {
  return (
    <>
      <AugmentationPreview isWanted={isOpen} />
      <NumberControls controls={augmentationNumbers} disabled={disabled} />
      <ChoiceControl name="mirror" disabled={disabled} />
    </>
  );
}
