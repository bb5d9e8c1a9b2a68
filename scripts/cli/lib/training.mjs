import { unwrap } from './page.mjs';

/** @typedef {import('../../../src/app/state.ts').WorkbenchState} WorkbenchState */

/**
 * Trains in the page and reports while it does.
 * @param {import('playwright').Page} page
 * @param {Record<string, string | number>} changes of the page's recipe
 * @param {import('./report.mjs').Report} report
 */
export async function trainInPage(page, changes, report) {
  await page.exposeFunction('reportProgress', report);
  unwrap(
    await page.evaluate(async (changes) => {
      const { settle, reportProgress, workbench } = /** @type {any} */ (window);
      return settle(async () => {
        const follower = createFollower();
        const stopFollowing = workbench.subscribe(follower.follow);
        try {
          // Nobody is there to say how a run goes on that has paused.
          const { step } = await workbench.train(changes, { onSpike: 'stop' });
          await follower.reached(step);
        } finally {
          stopFollowing();
        }
      });

      /** Reports each point once, whichever states it was seen in. */
      function createFollower() {
        const { displayStep } = workbench.state().recipe;
        let trainingStep = 0;
        let validationStep = 0;
        /** @param {WorkbenchState} state */
        const follow = ({ run }) => {
          if (!run) return;
          const isLast = (/** @type {{ step: number }} */ { step }) =>
            step === run.record.recipe.steps;
          for (const point of run.training) {
            if (point.step <= trainingStep) continue;
            trainingStep = point.step;
            if (point.step % displayStep !== 0 && !isLast(point)) continue;
            const imagesPerSecond = run.imagesPerSecond ?? null;
            reportProgress({ event: 'step', ...point, imagesPerSecond });
          }
          for (const point of run.validation) {
            if (point.step <= validationStep) continue;
            validationStep = point.step;
            reportProgress({ event: 'validation', ...point });
          }
        };
        // The last events may come a moment after the command's own answer.
        const reached = async (/** @type {number} */ step) => {
          const deadline = Date.now() + 5000;
          while (trainingStep < step && Date.now() < deadline) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        };
        return { follow, reached };
      }
    }, changes),
  );
}
