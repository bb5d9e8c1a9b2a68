/**
 * Vite opens a file in the editor of whoever develops when any page asks for it. Here the page in
 * development alone may: a browser says of every request where it comes from.
 * @returns {import('vite').Plugin}
 */
export function editorGuard() {
  return {
    name: 'editor-guard',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use('/__open-in-editor', (request, response, next) => {
        if (request.headers['sec-fetch-site'] === 'same-origin') return next();
        response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Asked from elsewhere.\n');
      });
    },
  };
}
