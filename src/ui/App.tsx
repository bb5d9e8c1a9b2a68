import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/dropzone/styles.css';
import './workbench.css';
import { MantineProvider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageFooter } from './footer/PageFooter.tsx';
import { Notices } from './notices/Notices.tsx';
import { ArchitecturePanel } from './panels/architecture/ArchitecturePanel.tsx';
import { DatasetPanel } from './panels/dataset/DatasetPanel.tsx';
import { DrawPanel } from './panels/draw/DrawPanel.tsx';
import { EvaluationPanel } from './panels/evaluation/EvaluationPanel.tsx';
import { Header } from './panels/header/Header.tsx';
import { RecipePanel } from './panels/recipe/RecipePanel.tsx';
import { RunsPanel } from './panels/runs/RunsPanel.tsx';
import { TrainingPanel } from './panels/training/TrainingPanel.tsx';
import { WeightsPanel } from './panels/weights/WeightsPanel.tsx';
import { cssVariables, theme } from './theme.ts';

/** The page: from the data through the network and its training to what became of it. */
export function App() {
  const { t } = useTranslation('header');
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notices />
      <a className="wb-skip" href="#training">
        {t('skip')}
      </a>
      <div className="wb-page">
        <Header />
        <main className="wb-columns">
          <div className="wb-column">
            <DatasetPanel />
            <ArchitecturePanel />
            <RecipePanel />
          </div>
          <div className="wb-column">
            <TrainingPanel />
            <EvaluationPanel />
          </div>
          <div className="wb-column">
            <DrawPanel />
            <WeightsPanel />
          </div>
          <div className="wb-wide">
            <RunsPanel />
          </div>
        </main>
        <PageFooter />
      </div>
    </MantineProvider>
  );
}
