import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './workbench.css';
import './forcedColors.css';
import './print.css';
import { MantineProvider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from './components/PanelBoundary.tsx';
import { PageFooter } from './footer/PageFooter.tsx';
import { InsidePanel } from './inside/InsidePanel.tsx';
import { FileIntakeProvider } from './intake/FileIntakeProvider.tsx';
import { MediaColors } from './MediaColors.tsx';
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
      <MediaColors />
      <FileIntakeProvider>
        <PanelBoundary>
          <Notices />
        </PanelBoundary>
        <a className="wb-skip" href="#training">
          {t('skip')}
        </a>
        <div className="wb-page">
          <PanelBoundary>
            <Header />
          </PanelBoundary>
          <main className="wb-columns">
            <div className="wb-wide">
              <PanelBoundary region="inside">
                <InsidePanel />
              </PanelBoundary>
            </div>
            <div className="wb-column">
              <PanelBoundary region="dataset">
                <DatasetPanel />
              </PanelBoundary>
              <PanelBoundary region="architecture">
                <ArchitecturePanel />
              </PanelBoundary>
              <PanelBoundary region="recipe">
                <RecipePanel />
              </PanelBoundary>
            </div>
            <div className="wb-column">
              <PanelBoundary region="training">
                <TrainingPanel />
              </PanelBoundary>
              <PanelBoundary region="evaluation">
                <EvaluationPanel />
              </PanelBoundary>
            </div>
            <div className="wb-column">
              <PanelBoundary region="draw">
                <DrawPanel />
              </PanelBoundary>
              <PanelBoundary region="weights">
                <WeightsPanel />
              </PanelBoundary>
            </div>
            <div className="wb-wide">
              <PanelBoundary region="runs">
                <RunsPanel />
              </PanelBoundary>
            </div>
          </main>
          <PanelBoundary>
            <PageFooter />
          </PanelBoundary>
        </div>
      </FileIntakeProvider>
    </MantineProvider>
  );
}
