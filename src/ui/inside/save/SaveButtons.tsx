import { ActionIcon, Menu } from '@mantine/core';
import { Download } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import { saveFile } from '../../components/saveFile.ts';
import { figurePng, figureSvg } from './figurePicture.ts';

interface SaveButtonsProps {
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Of the file, without its ending. */
  readonly name: string;
}

/** What is seen, as a file. */
export function SaveButtons({ drawing, canvas, name }: SaveButtonsProps) {
  const { t } = useTranslation('figure');
  const { tell } = useWorkbench();
  const layers = () => {
    if (!drawing.current || !canvas.current) return undefined;
    return { drawing: drawing.current, canvas: canvas.current };
  };
  const savePng = () => {
    const shown = layers();
    if (shown) figurePng(shown, name).then(saveFile, tell);
  };
  const saveSvg = () => {
    const shown = layers();
    if (shown) saveFile(figureSvg(shown, name));
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('save')} title={t('save')}>
          <Download size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={savePng}>{t('savePng')}</Menu.Item>
        <Menu.Item onClick={saveSvg}>{t('saveSvg')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
