import type { Page } from 'playwright';

/**
 * Has each training worker of the page run this before its own script, as an init script of a page
 * does, which a worker lacks. The function is taken as text: it sees nothing of the test but `arg`.
 */
export function beforeWorker<Arg extends string | number>(
  page: Page,
  prelude: (arg: Arg) => void,
  arg: Arg,
): Promise<unknown> {
  return page.route(/assets[/]entry-.*[.]js$/, async (route) => {
    const response = await route.fetch();
    const body = `(${prelude})(${JSON.stringify(arg)});\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
}
